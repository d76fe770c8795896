/** LocalStack starts DynamoDB Local with an agent that allows more indexes. This one changes nothing. */
final class NoAgent {
  private NoAgent() {}

  public static void premain(String arguments) {}
}

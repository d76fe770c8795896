package dev.backplane.image;

/** What DynamoDB would answer if every table had one item, with everything that JSON can have. */
final class SampleTable {
  private static final String ITEM =
      """
      {"id":{"S":"a"},"name":{"S":"Ada"},"age":{"N":"36"},"active":{"BOOL":true},"none":{"NULL":true},
      "tags":{"L":[{"S":"x"}]},"address":{"M":{"city":{"S":"Oslo"}}}}
      """;

  private SampleTable() {}

  /**
   * Answers a call.
   *
   * @param target the header that names the operation, {@code DynamoDB_20120810.GetItem}
   */
  static String answer(String target) {
    String operation = target.substring(target.indexOf('.') + 1);
    return switch (operation) {
      case "GetItem" -> "{\"Item\":" + ITEM + "}";
      case "Query", "Scan" -> "{\"Items\":[" + ITEM + "],\"Count\":1,\"ScannedCount\":1}";
      case "DescribeTable" ->
          """
          {"Table":{"TableName":"t","TableStatus":"ACTIVE","ItemCount":1,
          "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
          "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}}
          """;
      default -> "{}";
    };
  }
}

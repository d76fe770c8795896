package dev.backplane.core.openapi;

/**
 * The part of an operation's id that names the resource. It follows from the resource's name alone,
 * so that no other resource ever changes it, and is another for each name.
 */
final class OperationNames {
  private OperationNames() {}

  /** For example {@code UserAccounts} for {@code user-accounts}. */
  static String of(String resource) {
    StringBuilder name = new StringBuilder();
    boolean starts = true;
    for (int i = 0; i < resource.length(); i++) {
      char c = resource.charAt(i);
      boolean hump = c == '-' && i + 1 < resource.length() && isLetter(resource.charAt(i + 1));
      if (!hump) {
        name.append(starts ? Character.toUpperCase(c) : c);
      }
      starts = hump;
    }
    return name.toString();
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }
}

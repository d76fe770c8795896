package dev.backplane.core.mapping;

/**
 * How a name is written. One rule checks names and goes into the schema, so that the two agree, and
 * checking loads no regular expressions at start.
 *
 * @param first the characters that may start it, single or as ranges: {@code a-z0-9}
 * @param rest the characters that may follow
 * @param most how many characters it has at most
 * @param words the same in words
 */
record NameRule(String first, String rest, int most, String words) {
  boolean allows(String name) {
    if (name.isEmpty() || name.length() > most || !contains(first, name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      if (!contains(rest, name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The rule as a regular expression of ECMA-262, as JSON Schema wants it. */
  String pattern() {
    return "^[" + first + "][" + rest + "]{0," + (most - 1) + "}$";
  }

  private static boolean contains(String characters, char c) {
    for (int i = 0; i < characters.length(); i++) {
      boolean range = i + 2 < characters.length() && characters.charAt(i + 1) == '-';
      char last = characters.charAt(range ? i + 2 : i);
      if (c >= characters.charAt(i) && c <= last) {
        return true;
      }
      if (range) {
        i += 2;
      }
    }
    return false;
  }
}

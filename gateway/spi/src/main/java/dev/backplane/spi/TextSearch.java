package dev.backplane.spi;

/**
 * Finds a text in another in time that grows with both lengths, and not with their product, whoever
 * chose them.
 */
final class TextSearch {
  /** Up to here, what looks at each place anew is quicker, and its worst is bounded. */
  private static final int SHORT = 32;

  private TextSearch() {}

  static boolean contains(String text, String part) {
    return find(text, part, 0) >= 0;
  }

  /** Where the part begins first, at an index or behind it; -1 where it does not. */
  static int find(String text, String part, int from) {
    if (part.length() <= SHORT) {
      return text.indexOf(part, from);
    }
    if (text.length() - from < part.length()) {
      return -1;
    }
    return search(text, part, from);
  }

  /** The algorithm of Knuth, Morris and Pratt: the place in the text never goes back. */
  private static int search(String text, String part, int from) {
    int[] borders = borders(part);
    int matched = 0;
    for (int i = from; i < text.length(); i++) {
      while (matched > 0 && text.charAt(i) != part.charAt(matched)) {
        matched = borders[matched - 1];
      }
      if (text.charAt(i) == part.charAt(matched)) {
        matched++;
      }
      if (matched == part.length()) {
        return i - matched + 1;
      }
    }
    return -1;
  }

  /** Of each beginning of a text, how much of it ends as it begins. */
  private static int[] borders(String text) {
    int[] borders = new int[text.length()];
    int length = 0;
    for (int i = 1; i < text.length(); i++) {
      while (length > 0 && text.charAt(i) != text.charAt(length)) {
        length = borders[length - 1];
      }
      if (text.charAt(i) == text.charAt(length)) {
        length++;
      }
      borders[i] = length;
    }
    return borders;
  }
}

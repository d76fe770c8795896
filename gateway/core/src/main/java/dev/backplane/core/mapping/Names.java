package dev.backplane.core.mapping;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Helps with names that were mistyped, and prints names safely. */
public final class Names {
  private static final int LONGEST = 60;

  private Names() {}

  /**
   * Finds the name that was probably meant.
   *
   * @param wrong what was written
   * @param known the names that exist; of two equally near ones the first is taken
   * @return the nearest one; empty when none is near
   */
  public static Optional<String> nearest(String wrong, Collection<String> known) {
    String written = wrong.toLowerCase(Locale.ROOT);
    int most = Math.clamp(written.length() / 3, 1, 3);
    String nearest = null;
    for (String name : known) {
      // also keeps a huge key from costing time
      if (Math.abs(name.length() - written.length()) > most) {
        continue;
      }
      int distance = distance(written, name.toLowerCase(Locale.ROOT));
      // as many changes as letters: any short name would be near
      if (distance <= most && distance < name.length()) {
        nearest = name;
        most = distance - 1;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /**
   * What to say of a resource that the mapping does not have: {@code resource "uesrs"; did ...}.
   */
  static String noSuchResource(String wrong, Collection<String> known) {
    return "resource "
        + quoted(wrong)
        + ", which the mapping does not have;"
        + nearest(wrong, known).map(name -> " did you mean " + quoted(name) + "?").orElse("")
        + " the resources are "
        + String.join(", ", known);
  }

  /**
   * A name in quotes, fit for a line of a log or a terminal.
   *
   * @param name a key as somebody wrote it
   * @return the name without control characters, cut when it is very long
   */
  public static String quoted(String name) {
    StringBuilder safe = new StringBuilder("\"");
    int end = name.length() > LONGEST ? name.offsetByCodePoints(0, LONGEST / 2) : name.length();
    name.substring(0, end)
        .codePoints()
        .map(c -> isPrintable(c) ? c : '?')
        .forEach(safe::appendCodePoint);
    return safe.append(end < name.length() ? "…\"" : "\"").toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      // format characters could turn the direction of the rest of the line
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** How many letters to insert, remove, replace or swap with the next (optimal alignment). */
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}

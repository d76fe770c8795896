package dev.backplane.core.http;

import dev.backplane.core.mapping.Count;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How many items a list has in all.
 *
 * @param how whether the number is exact, an estimate, or not given
 * @param number the number; empty when it is not given
 */
record Total(Count how, OptionalLong number) {
  static final Total NONE = new Total(Count.NONE, OptionalLong.empty());

  static Total exact(long number) {
    return new Total(Count.EXACT, OptionalLong.of(number));
  }

  static Total estimated(long number) {
    return new Total(Count.ESTIMATED, OptionalLong.of(number));
  }

  /** The number where it is exact: links to a page that may not be there help nobody. */
  OptionalLong exactly() {
    return how == Count.EXACT ? number : OptionalLong.empty();
  }

  /** As {@code Preference-Applied} and {@code Backplane-Plan} say it. */
  String word() {
    return how.name().toLowerCase(Locale.ROOT);
  }

  /** As {@code Content-Range} says it. */
  String text() {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "*";
  }
}

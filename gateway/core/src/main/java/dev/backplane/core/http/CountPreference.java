package dev.backplane.core.http;

import dev.backplane.core.mapping.Count;
import java.util.Locale;
import java.util.Optional;

/**
 * How a client wants a list counted: {@code Prefer: count=exact}, {@code estimated}, {@code none}.
 */
final class CountPreference {
  private static final String NAME = "count";

  private CountPreference() {}

  /** What the client wants, or else the mapping. */
  static Count wanted(Preferences preferences, ServedResource resource) {
    return asked(preferences).orElse(resource.mapping().lists().count());
  }

  /** Says what holds where the client asked, and where a number is not exact. */
  static void tell(Preferences preferences, Total total) {
    if (asked(preferences).isPresent() || total.how() == Count.ESTIMATED) {
      preferences.applied(NAME, total.word());
    }
  }

  private static Optional<Count> asked(Preferences preferences) {
    Optional<String> value = preferences.value(NAME);
    for (Count count : Count.values()) {
      if (value.equals(Optional.of(count.name().toLowerCase(Locale.ROOT)))) {
        return Optional.of(count);
      }
    }
    return Optional.empty();
  }
}

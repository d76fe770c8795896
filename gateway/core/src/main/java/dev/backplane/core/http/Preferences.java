package dev.backplane.core.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client would rather have: the {@code Prefer} header (RFC 7240). A preference that is not
 * understood is of no account. For the thread that handles the request.
 */
final class Preferences {
  private final Map<String, String> wanted;
  private final Map<String, String> applied = new LinkedHashMap<>();

  private Preferences(Map<String, String> wanted) {
    this.wanted = wanted;
  }

  static Preferences parse(Optional<String> header) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String preference : header.orElse("").split(",", -1)) {
      String[] parts = preference.split(";", 2)[0].split("=", 2);
      String name = parts[0].strip().toLowerCase(Locale.ROOT);
      String value = parts.length < 2 ? "" : unquoted(parts[1].strip());
      if (!name.isEmpty()) {
        wanted.putIfAbsent(name, value); // the first one counts (RFC 7240, section 2)
      }
    }
    return new Preferences(wanted);
  }

  /** The value of a preference; empty when the client has none. */
  Optional<String> value(String name) {
    return Optional.ofNullable(wanted.get(name));
  }

  /** Whether the client prefers exactly that. */
  boolean has(String name, String value) {
    return value(name).filter(value::equals).isPresent();
  }

  /** Remembers that a preference was honoured, with the value that holds. */
  void applied(String name, String value) {
    applied.put(name, value);
  }

  /** The {@code Preference-Applied} header; empty when nothing was applied. */
  Optional<String> header() {
    if (applied.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder header = new StringBuilder();
    applied.forEach((name, value) ->
        header.append(header.isEmpty() ? "" : ", ").append(name).append('=').append(value));
    return Optional.of(header.toString());
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}

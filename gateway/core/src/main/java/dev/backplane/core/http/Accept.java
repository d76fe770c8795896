package dev.backplane.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What kind of answer a client takes: the {@code Accept} header (RFC 9110, section 12.5.1). */
final class Accept {
  private Accept() {}

  /**
   * Whether the client asks for JSON by its name; {@code *}{@code /*}, which clients send without
   * thinking, is no such wish, nor is the type of problems.
   */
  static boolean namesJson(Optional<String> header) {
    return split(header.orElse(""), ',').stream().anyMatch(Accept::isJson);
  }

  private static boolean isJson(String range) {
    List<String> parts = split(range.toLowerCase(Locale.ROOT), ';');
    String type = parts.get(0).strip();
    boolean json =
        type.equals("application/json")
            || (type.endsWith("+json") && !type.equals("application/problem+json"));
    return json && parts.stream().noneMatch(Accept::refuses);
  }

  /** A weight of zero means "not acceptable". */
  private static boolean refuses(String parameter) {
    return parameter.strip().matches("q=0(\\.0{0,3})?");
  }

  /** Splits where the separator does not stand in quotes. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }
}

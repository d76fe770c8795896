package dev.backplane.plugin.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the header {@code Link} (RFC 8288), in one pass. For one thread. */
final class Links {
  private final String header;
  private int at;

  private Links(String header) {
    this.header = header;
  }

  /** The target of the link to the next page. */
  static Optional<String> next(List<String> headers) {
    for (String header : headers) {
      Optional<String> next = new Links(header).next();
      if (next.isPresent()) {
        return next;
      }
    }
    return Optional.empty();
  }

  private Optional<String> next() {
    while (true) {
      int open = header.indexOf('<', at);
      int close = header.indexOf('>', Math.max(open, 0));
      if (open < 0 || close < 0) {
        return Optional.empty();
      }
      at = close + 1;
      if (leadsToNext()) {
        return Optional.of(header.substring(open + 1, close));
      }
    }
  }

  /** Reads a link's parameters, up to the comma before another link; only its first rel counts. */
  private boolean leadsToNext() {
    Optional<String> rel = Optional.empty();
    while (at < header.length() && header.charAt(at) != ',') {
      if (header.charAt(at) != ';') {
        at++;
        continue;
      }
      at++;
      String name = until("=;,").strip().toLowerCase(Locale.ROOT);
      String value = at < header.length() && header.charAt(at) == '=' ? value() : "";
      if (name.equals("rel") && rel.isEmpty()) {
        rel = Optional.of(value);
      }
    }
    return rel.isPresent()
        && List.of(rel.get().toLowerCase(Locale.ROOT).strip().split("\\s+")).contains("next");
  }

  private String value() {
    at++; // the =
    while (at < header.length() && Character.isWhitespace(header.charAt(at))) {
      at++;
    }
    return at < header.length() && header.charAt(at) == '"' ? quoted() : until(";,");
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < header.length() && header.charAt(at) != '"'; at++) {
      if (header.charAt(at) == '\\' && at + 1 < header.length()) {
        at++;
      }
      value.append(header.charAt(at));
    }
    at++; // the closing quote
    return value.toString();
  }

  private String until(String ends) {
    int start = at;
    while (at < header.length() && ends.indexOf(header.charAt(at)) < 0) {
      at++;
    }
    return header.substring(start, at);
  }
}

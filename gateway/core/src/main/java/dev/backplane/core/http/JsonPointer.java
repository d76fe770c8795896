package dev.backplane.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a value stands in a JSON document (RFC 6901).
 *
 * @param tokens the names and indexes from the outside in, unescaped; none: the whole document
 */
record JsonPointer(List<String> tokens) {
  JsonPointer {
    tokens = List.copyOf(tokens);
  }

  /** Reads a pointer; empty when the text is none. */
  static Optional<JsonPointer> parse(String text) {
    if (text.isEmpty()) {
      return Optional.of(new JsonPointer(List.of()));
    }
    if (text.charAt(0) != '/') {
      return Optional.empty();
    }
    List<String> tokens = new ArrayList<>();
    for (String token : text.substring(1).split("/", -1)) {
      if (token.matches("(?s).*~(?![01]).*")) {
        return Optional.empty();
      }
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return Optional.of(new JsonPointer(tokens));
  }

  boolean isRoot() {
    return tokens.isEmpty();
  }

  /** The name or index within the parent. */
  String last() {
    return tokens.get(tokens.size() - 1);
  }

  JsonPointer parent() {
    return new JsonPointer(tokens.subList(0, tokens.size() - 1));
  }

  /** Whether the other one leads to something inside of what this one leads to. */
  boolean isAround(JsonPointer other) {
    return other.tokens.size() > tokens.size()
        && other.tokens.subList(0, tokens.size()).equals(tokens);
  }
}

package dev.backplane.core.http;

import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * What caches may do with an answer (RFC 9111). What GET answers may be kept by the client alone
 * and has to be asked for again each time, which the tags make cheap: who may see it is decided
 * before the gateway, by rules that no shared cache knows. The mapping can say otherwise for each
 * resource. Problems are never kept.
 */
final class Caching {
  static final String HEADER = "Cache-Control";

  private static final String ASK_AGAIN = "private, no-cache";
  private static final String NEVER = "no-store";
  private static final int TAG_BYTES = 16;

  private Caching() {}

  /** Says of an answer that is about to be sent what nobody has said of it. */
  static void tell(Exchange exchange, int status) {
    if (status >= 400) {
      exchange.setHeader(HEADER, NEVER);
    } else if (reads(exchange) && exchange.answered(HEADER).isEmpty()) {
      exchange.setHeader(HEADER, ASK_AGAIN);
    }
  }

  /** Says what the mapping says of a resource's items and lists. */
  static void tell(Exchange exchange, ServedResource resource) {
    if (resource.isRestricted()) {
      exchange.vary("Authorization", "X-API-Key");
    }
    if (reads(exchange)) {
      resource.mapping().cacheControl().ifPresent(words -> exchange.setHeader(HEADER, words));
    }
  }

  private static boolean reads(Exchange exchange) {
    return exchange.method().equals("GET") || exchange.isHead();
  }

  /**
   * Sends a list with a tag for its content, or only the tag when the client has that content. The
   * tag is weak: the links of a list may be others though the list is the same.
   *
   * @param exchange where the headers have been set already
   * @param list the body
   */
  static void send(Exchange exchange, JsonValue list) throws IOException {
    byte[] body = exchange.written(list);
    if (reads(exchange)) {
      String version = version(body, exchange.answered("Content-Range").orElse(""));
      exchange.setHeader("ETag", "W/\"" + version + '"');
      Optional<String> known = exchange.list("If-None-Match");
      if (known.isPresent()
          && Conditions.parse("If-None-Match", known.get()).matchesWeakly(Optional.of(version))) {
        exchange.send(304);
        return;
      }
    }
    exchange.send(200, "application/json", body);
  }

  /** A digest: about 4 microseconds for a page of 25 items, little beside making their JSON. */
  private static String version(byte[] body, String range) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(range.getBytes(StandardCharsets.UTF_8)); // how many there are counts, too
      byte[] hash = Arrays.copyOf(digest.digest(body), TAG_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}

package dev.backplane.core.http;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Something that is the same for every client until the gateway changes. */
final class Content {
  private static final int TAG_BYTES = 12;

  private final String type;
  private final byte[] bytes;
  private final String tag;
  private final Map<String, String> headers;

  /**
   * Content with a tag of its own.
   *
   * @param type the media type
   * @param bytes the content; nobody may change it any more
   * @param headers further headers
   */
  Content(String type, byte[] bytes, Map<String, String> headers) {
    this.type = type;
    this.bytes = bytes;
    this.tag = tag(bytes);
    this.headers = Map.copyOf(headers);
  }

  byte[] bytes() {
    return bytes;
  }

  void send(Exchange exchange) throws IOException {
    headers.forEach(exchange::setHeader);
    exchange.setHeader("ETag", '"' + tag + '"');
    Optional<String> known = exchange.list("If-None-Match");
    if (known.isPresent() && isKnown(Conditions.parse("If-None-Match", known.get()))) {
      exchange.send(304);
      return;
    }
    exchange.send(200, type, bytes);
  }

  private boolean isKnown(Conditions conditions) {
    return conditions.any() || conditions.strong().contains(tag) || conditions.weak().contains(tag);
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}

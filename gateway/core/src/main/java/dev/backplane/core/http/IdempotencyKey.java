package dev.backplane.core.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The {@code Idempotency-Key} of a request, and the request that it was sent with.
 *
 * @param id the id under which its answer is kept: a hash, so that any store can hold it
 * @param request a hash of all that makes the request this one and no other
 */
record IdempotencyKey(String id, String request) {
  private static final int MAX_LENGTH = 255;

  /** The key of a request; empty when it has none. */
  static Optional<IdempotencyKey> of(Exchange exchange) {
    return exchange.list("Idempotency-Key").map(header -> of(exchange, parse(header.strip())));
  }

  private static IdempotencyKey of(Exchange exchange, String key) {
    List<String> request =
        List.of(
            exchange.method(),
            exchange.path(),
            exchange.query(),
            exchange.mediaType(),
            exchange.list("If-Match").orElse(""),
            exchange.list("If-None-Match").orElse(""));
    MessageDigest hash = sha256();
    request.forEach(part -> {
      hash.update(part.getBytes(StandardCharsets.UTF_8));
      hash.update((byte) '\n'); // in none of them
    });
    return new IdempotencyKey(
        text(sha256().digest(own(key, exchange.caller()).getBytes(StandardCharsets.UTF_8))),
        text(hash.digest(exchange.bytes())));
  }

  /** A key of somebody known is theirs alone; no key has a line break in it. */
  private static String own(String key, Caller caller) {
    return caller.isKnown() ? key + '\n' + caller.subject() : key;
  }

  /** A string (RFC 9651, section 3.3.3), or for clients that leave the quotes out what is in it. */
  static String parse(String header) {
    boolean quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
    String inner = quoted ? header.substring(1, header.length() - 1) : header;
    boolean right =
        header.length() <= 2 * MAX_LENGTH + 2
            && inner.matches(quoted ? "([ !#-\\[\\]-~]|\\\\[\"\\\\])+" : "[!#-+\\--:<-~]+");
    String key = quoted ? inner.replaceAll("\\\\(.)", "$1") : inner;
    if (!right || key.length() > MAX_LENGTH) {
      throw HttpProblem.badRequest(
          "Idempotency-Key should be one string in double quotes, such as \"8e03978e-40d5\", of at"
              + " most "
              + MAX_LENGTH
              + " printable ASCII characters.");
    }
    return key;
  }

  private static String text(byte[] hash) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}

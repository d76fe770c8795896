package dev.backplane.core.http;

import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept under an {@code Idempotency-Key}: that somebody works on the request, later the
 * answer that it got.
 *
 * @param request the hash of the request that the key belongs to
 * @param lease until when nobody else may work on the request, in seconds of the epoch
 * @param expires when this is of no account any more, in seconds of the epoch; a store that drops
 *     items by itself, as DynamoDB does, can go by this field
 * @param seed where the ids of new items come from; empty: their store chooses
 * @param reply the answer; of a problem, the body is its detail and its further members. Empty
 *     while there is none
 */
record KeptAnswer(
    String request, long lease, long expires, Optional<String> seed, Optional<Reply> reply) {
  /** The fields of the items that keep answers, besides their ids. */
  static final Set<String> FIELDS =
      Set.of("request", "lease", "expires", "seed", "status", "headers", "body");

  KeptAnswer withLease(long until) {
    return new KeptAnswer(request, until, expires, seed, reply);
  }

  KeptAnswer withReply(Reply given) {
    return new KeptAnswer(request, 0, expires, seed, Optional.of(given));
  }

  JsonObject write() {
    JsonObject.Builder item =
        JsonObject.builder()
            .put("request", new JsonString(request))
            .put("lease", JsonNumber.of(lease))
            .put("expires", JsonNumber.of(expires));
    seed.ifPresent(text -> item.put("seed", new JsonString(text)));
    if (reply.isPresent()) {
      JsonObject.Builder headers = JsonObject.builder();
      reply.get().headers().forEach((name, value) -> headers.put(name, new JsonString(value)));
      item.put("status", JsonNumber.of(reply.get().status())).put("headers", headers.build());
      // as text: no store loses a digit of it
      reply.get().body().ifPresent(body -> item.put("body", new JsonString(text(body))));
    }
    return item.build();
  }

  static KeptAnswer read(JsonObject item) {
    Optional<Reply> reply =
        item.get("status")
            .map(status -> new Reply((int) number(item, "status"), headers(item), body(item)));
    return new KeptAnswer(
        item.get("request").flatMap(JsonValue::text).orElseThrow(KeptAnswer::foreign),
        number(item, "lease"),
        number(item, "expires"),
        item.get("seed").flatMap(JsonValue::text),
        reply);
  }

  private static Map<String, String> headers(JsonObject item) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (item.get("headers").orElseThrow(KeptAnswer::foreign) instanceof JsonObject object) {
      object
          .members()
          .forEach(
              (name, value) -> headers.put(name, value.text().orElseThrow(KeptAnswer::foreign)));
    }
    return headers;
  }

  private static Optional<JsonValue> body(JsonObject item) {
    return item.get("body")
        .map(body ->
            Json.CODEC.read(
                body.text().orElseThrow(KeptAnswer::foreign).getBytes(StandardCharsets.UTF_8)));
  }

  private static long number(JsonObject item, String name) {
    if (item.get(name).orElseThrow(KeptAnswer::foreign) instanceof JsonNumber number) {
      return number.value().longValue();
    }
    throw foreign();
  }

  static String text(JsonValue value) {
    return new String(Json.CODEC.write(value), StandardCharsets.UTF_8);
  }

  private static IllegalStateException foreign() {
    return new IllegalStateException(
        "the resource that keeps answers for Idempotency-Key holds an item of somebody else");
  }
}

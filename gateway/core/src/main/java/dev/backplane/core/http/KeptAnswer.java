package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param work who works on the request, and on what; in the place of the answer's body until there
 *     is one
 * @param reply the answer; of a problem, the body is its detail and its further members. Empty
 *     while there is none
 */
record KeptAnswer(
    String request,
    long lease,
    long expires,
    Optional<String> seed,
    Work work,
    Optional<Reply> reply) {
  /**
   * Work on a request.
   *
   * @param by a random name of this claim
   * @param intents the changes that it is about to make; none before it gets so far
   * @param inVain whether it has ended, and wrote nothing
   */
  record Work(String by, List<Intent> intents, boolean inVain) {
    Work {
      intents = List.copyOf(intents);
    }

    private static Work read(JsonObject written) {
      List<Intent> intents = new ArrayList<>();
      if (written.get("intents").orElse(JsonNull.NULL) instanceof JsonArray array) {
        array.elements().forEach(intent -> intents.add(Intent.read((JsonObject) intent)));
      }
      return new Work(
          written.get("by").flatMap(JsonValue::text).orElse(""),
          intents,
          written.get("in-vain").isPresent());
    }

    private JsonObject write() {
      List<JsonValue> written = new ArrayList<>();
      intents.forEach(intent -> written.add(intent.write()));
      JsonObject work =
          JsonObject.of("by", new JsonString(by)).with("intents", new JsonArray(written));
      return inVain ? work.with("in-vain", JsonNumber.of(1)) : work;
    }
  }

  /** The fields of the items that keep answers, besides their ids. */
  static final Set<String> FIELDS =
      Set.of("request", "lease", "expires", "seed", "status", "headers", "body");

  /** Free for whoever sends the request again. */
  KeptAnswer released(boolean inVain) {
    return with(0, new Work(work.by(), work.intents(), inVain));
  }

  /** Claimed anew by somebody else. */
  KeptAnswer claimedBy(String by, long until) {
    return with(until, new Work(by, work.intents(), false));
  }

  KeptAnswer withIntents(List<Intent> intents) {
    return with(lease, new Work(work.by(), intents, false));
  }

  private KeptAnswer with(long until, Work other) {
    return new KeptAnswer(request, until, expires, seed, other, reply);
  }

  KeptAnswer withReply(Reply given) {
    return new KeptAnswer(request, 0, expires, seed, work, Optional.of(given));
  }

  JsonObject write() {
    JsonObject.Builder item =
        JsonObject.builder()
            .put("request", new JsonString(request))
            .put("lease", JsonNumber.of(lease))
            .put("expires", JsonNumber.of(expires));
    seed.ifPresent(text -> item.put("seed", new JsonString(text)));
    if (reply.isEmpty()) {
      item.put("body", new JsonString(text(work.write())));
    } else {
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
        reply.isEmpty() ? work(item) : new Work("", List.of(), false),
        reply);
  }

  /** What an older version has claimed says nothing of it. */
  private static Work work(JsonObject item) {
    return body(item).orElse(JsonNull.NULL) instanceof JsonObject written
        ? Work.read(written)
        : new Work("", List.of(), false);
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

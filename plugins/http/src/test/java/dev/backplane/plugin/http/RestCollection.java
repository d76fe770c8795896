package dev.backplane.plugin.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.testkit.TestContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One collection of a {@link RestServer}; takes its requests in turns. */
final class RestCollection {
  static final JsonCodec JSON = TestContext.of(JsonObject.empty(), Path.of("")).json();

  private static final int PAGE = 100;

  private record Stored(long sequence, String tag, JsonObject body) {}

  private final Habits habits;
  private final String path;
  private final Map<String, Stored> items = new HashMap<>();
  private final TreeMap<Long, Stored> inOrder = new TreeMap<>();
  private long changes;

  RestCollection(Habits habits, String path) {
    this.habits = habits;
    this.path = path;
  }

  synchronized RestAnswer answer(RestRequest request) {
    if (request.item().isEmpty()) {
      return switch (request.method()) {
        case "GET" -> list(request);
        case "POST" -> create(request);
        default -> RestAnswer.empty(405);
      };
    }
    return switch (request.method()) {
      case "GET" -> get(request.id());
      case "PUT" -> put(request);
      case "DELETE" -> delete(request);
      default -> RestAnswer.empty(405);
    };
  }

  synchronized void fill(String id, JsonObject body) {
    store(id, body, null);
  }

  private RestAnswer get(String id) {
    Stored stored = items.get(id);
    return stored == null ? RestAnswer.json(404, "{}") : one(200, stored);
  }

  private RestAnswer one(int status, Stored stored) {
    JsonValue body = habits.wrapped() ? JsonObject.of("data", stored.body()) : stored.body();
    return RestAnswer.json(status, text(body)).with("ETag", stored.tag());
  }

  private RestAnswer create(RestRequest request) {
    String id = "made-" + ++changes;
    Stored stored = store(id, body(request), null);
    RestAnswer answer = habits.tells() ? one(201, stored) : RestAnswer.empty(201);
    return answer.with("Location", path + "/" + id);
  }

  private RestAnswer put(RestRequest request) {
    Stored before = items.get(request.id());
    if (fails(request, before)) {
      return RestAnswer.json(412, "{}");
    }
    if (before == null && !habits.upserts() && request.header("If-None-Match").isEmpty()) {
      return RestAnswer.json(404, "{}");
    }
    Stored stored = store(request.id(), body(request), before);
    int status = before == null ? 201 : 200;
    return habits.tells() ? one(status, stored) : RestAnswer.empty(before == null ? 201 : 204);
  }

  private static boolean fails(RestRequest request, Stored before) {
    Optional<String> match = request.header("If-Match");
    if (match.isPresent()) {
      return before == null || !(match.get().equals("*") || match.get().equals(before.tag()));
    }
    return request.header("If-None-Match").isPresent() && before != null;
  }

  private Stored store(String id, JsonObject body, Stored before) {
    JsonValue kept = before == null ? new JsonString(id) : before.body().get("id").orElseThrow();
    JsonObject whole = body.get("id").isPresent() ? body : body.with("id", kept);
    long change = ++changes;
    Stored stored =
        new Stored(before == null ? change : before.sequence(), "\"v" + change + "\"", whole);
    items.put(id, stored);
    inOrder.put(stored.sequence(), stored);
    return stored;
  }

  private JsonObject body(RestRequest request) {
    JsonObject whole = (JsonObject) JSON.read(request.body());
    return habits.wrapped() ? (JsonObject) whole.get("data").orElseThrow() : whole;
  }

  private RestAnswer delete(RestRequest request) {
    Stored before = items.get(request.id());
    if (before == null) {
      return RestAnswer.json(404, "{}");
    }
    if (fails(request, before)) {
      return RestAnswer.json(412, "{}");
    }
    items.remove(request.id());
    inOrder.remove(before.sequence());
    return RestAnswer.empty(204);
  }

  private RestAnswer list(RestRequest request) {
    Words words = new Words(request.parameters());
    List<Stored> matching =
        words.sorted(
            inOrder.values().stream().filter(each -> words.match(each.body())).toList(),
            Stored::body);
    int limit =
        habits.pages() == Habits.Pages.NONE ? Integer.MAX_VALUE : request.number("limit", PAGE);
    int from = from(request, matching, limit);
    List<Stored> page = matching.stream().skip(from).limit(limit).toList();
    boolean more = from + page.size() < matching.size();
    String next = more ? Long.toString(page.get(page.size() - 1).sequence()) : "";
    RestAnswer answer = RestAnswer.json(200, text(body(page, next, matching.size())));
    if (more && habits.pages() == Habits.Pages.LINK) {
      String query = words.query() + "limit=" + limit + "&after=" + next;
      answer =
          answer.with(
              "Link",
              "<?"
                  + "page=first>; rel=\"first\"; title=\"a, <b>\", <"
                  + path
                  + "?"
                  + query
                  + ">; rel=\"next\"");
    }
    return answer.with("X-Total-Count", Integer.toString(matching.size()));
  }

  /** How many of the items stand before the page. */
  private int from(RestRequest request, List<Stored> matching, int limit) {
    return switch (habits.pages()) {
      case NONE -> 0;
      case PAGE -> (request.number("page", 1) - 1) * limit;
      case OFFSET -> request.number("offset", 0);
      case LINK, CURSOR -> {
        long after = Long.parseLong(request.parameter("after").orElse("-1"));
        yield (int) matching.stream().takeWhile(each -> each.sequence() <= after).count();
      }
    };
  }

  private JsonValue body(List<Stored> page, String next, int total) {
    JsonArray array =
        new JsonArray(page.stream().map(each -> (JsonValue) shown(each.body())).toList());
    if (!habits.wrapped()) {
      return array;
    }
    JsonObject meta =
        JsonObject.of("next", new JsonString(next)).with("total", JsonNumber.of(total));
    return JsonObject.of("data", array).with("meta", meta);
  }

  private JsonObject shown(JsonObject body) {
    return habits.partial() ? JsonObject.of("id", body.get("id").orElseThrow()) : body;
  }

  private static String text(JsonValue value) {
    return new String(JSON.write(value), StandardCharsets.UTF_8);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backplane.core.contract.Client.Feature;
import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonArray;
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

/** What the rules have in common: requests in short, and what holds for every answer. */
interface HttpRules {
  /** Writable, empty before each test; pages of 5, at most 20; related to the others. */
  String THINGS = "/api/things";

  /** Writable by its store, but the mapping switches off list, create and delete. */
  String CLOSED = "/api/closed";

  /** Three products that can only be read. */
  String FROZEN = "/api/frozen";

  /** Items with n from 1 to 30 and the kind "all"; pages of 3, at most 10; a scan limit of 20. */
  String FEW = "/api/few";

  /** Three products whose ids are the numbers 1, 17 and 4711 in the member sku. */
  String PRODUCTS = "/api/products";

  /** The three products, in lists that do not say how many there are. */
  String UNCOUNTED = "/api/uncounted";

  /** Writable; PUT merges. */
  String MERGED = "/api/merged";

  /** Writable; changes need If-Match. */
  String GUARDED = "/api/guarded";

  /** Writable; DELETE gives the item. */
  String RETURNING = "/api/returning";

  /** How many writes one request to things may have. */
  int MAX_BULK_SIZE = 20;

  /** Items with a schema, {@code contract-schema.json}, that refuses unknown fields. */
  String ACCOUNTS = "/api/accounts";

  /** The same with a schema that leaves unknown fields out. */
  String DRAFTS = "/api/drafts";

  /** The largest body in bytes. */
  int MAX_BODY_SIZE = 64 * 1024;

  /** The way in that is tested. */
  Client client();

  /** Whether the backend of the resources can sort; where it cannot, the gateway does. */
  boolean sorts();

  /** Whether one resource can have strings and numbers as ids; one that cannot has to say so. */
  boolean mixesIds();

  /** Whether the backend can do several writes as one; where it cannot, nobody does. */
  boolean transacts();

  /** How long an id the backend holds at least, in bytes. */
  default int idBytes() {
    return 1024;
  }

  /** Sends a request, and tests what must hold for the answer whatever the request was. */
  default Answer send(Request request) {
    assumeTrue(
        client().can(Feature.REPEATED_VALUES) || !request.repeats(),
        "of several values of one name, only the last arrives");
    Answer answer = client().send(request);
    String what = client() + ": " + request + " gave " + answer;
    assertThat(answer.header("X-Request-Id")).as(what).isPresent();
    boolean bare =
        request.method().equals("HEAD") || answer.status() == 204 || answer.status() == 304;
    if (bare) {
      assertThat(answer.body()).as(what).isEmpty();
    }
    if (answer.status() >= 400) {
      assertThat(answer.need("Content-Type")).as(what).startsWith("application/problem+json");
    }
    if (answer.status() >= 400 && !bare) {
      assertProblem(answer, what);
    }
    return answer;
  }

  private static void assertProblem(Answer answer, String what) {
    for (String member : List.of("type", "title", "detail", "instance", "message", "request-id")) {
      assertThat(answer.member(member).text())
          .as(what)
          .hasValueSatisfying(text -> assertThat(text).isNotBlank());
    }
    assertThat(answer.member("status")).as(what).isEqualTo(JsonNumber.of(answer.status()));
    assertThat(answer.member("request-id").text())
        .as(what)
        .isEqualTo(answer.header("X-Request-Id"));
    assertThat(answer.text())
        .as(what)
        .doesNotContainPattern("(?i)exception|throwable|\\bjava\\.|jackson|jetty|dev\\.backplane");
  }

  /**
   * Gets a path that is no valid one. A server may refuse it before the gateway sees it; as nothing
   * can be said about a path that cannot be read, the problem may lack the instance.
   */
  default void getUnreadable(String path) {
    Answer answer = client().send(Request.of("GET", path));
    assertThat(answer.status()).as("%s: %s", client(), path).isEqualTo(400);
    assertThat(answer.need("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.member("request-id").text()).isEqualTo(answer.header("X-Request-Id"));
    assertThat(answer.member("detail").text()).isPresent();
  }

  /** Sends a request whose answer must have this status. */
  default Answer send(int status, Request request) {
    Answer answer = send(request);
    if (answer.status() != status) {
      fail("%s: %s should be %d, was %s", client(), request, status, answer);
    }
    return answer;
  }

  default Answer get(int status, String target) {
    return send(status, Request.of("GET", target));
  }

  default Answer post(int status, String target, String json) {
    return send(status, Request.json("POST", target, json));
  }

  default Answer put(int status, String target, String json) {
    return send(status, Request.json("PUT", target, json));
  }

  default Answer patch(int status, String target, String json) {
    return send(status, Request.of("PATCH", target).body("application/merge-patch+json", json));
  }

  default Answer delete(int status, String target) {
    return send(status, Request.of("DELETE", target));
  }

  /** Creates an item of {@link #THINGS} and returns its path. */
  default String create(String json) {
    Answer created = post(201, THINGS, json);
    return THINGS + "/" + Request.encode(created.member("id").text().orElseThrow());
  }

  /** Creates an item of {@link #ACCOUNTS} under an id of its own and returns its path. */
  default String createAccount(String members) {
    Answer created = post(201, ACCOUNTS, "{\"name\": \"Ann\"" + members + "}");
    return ACCOUNTS + "/" + created.member("id").text().orElseThrow();
  }

  /** Sends a body that is to be refused, and returns what is said of it, by place. */
  default Map<String, String> refused(Request request) {
    Answer refused = send(422, request);
    assertThat(refused.member("title").text()).hasValue("Unprocessable Content");
    assertThat(refused.member("message")).isEqualTo(refused.member("detail"));
    Map<String, String> places = new LinkedHashMap<>();
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    for (JsonValue violation : ((JsonArray) refused.member("violations")).elements()) {
      Map<String, JsonValue> members = ((JsonObject) violation).members();
      String pointer = members.get("pointer").text().orElseThrow();
      places.put(pointer, members.get("detail").text().orElseThrow());
      String field = pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.');
      fields.put(field.replace("~1", "/").replace("~0", "~"), members.get("detail"));
    }
    assertThat(((JsonObject) refused.member("errors")).members()).isEqualTo(fields);
    return places;
  }

  /** Creates items of {@link #THINGS} with the ids a00, a01 …, and n from 0. */
  default void createMany(int count) {
    for (int n = 0; n < count; n++) {
      create("{\"id\": \"a%02d\", \"n\": %d, \"even\": %s}".formatted(n, n, n % 2 == 0));
    }
  }

  /** Follows the next links from a list to its end, and returns the pages. */
  default List<Answer> walk(String target) {
    List<Answer> pages = new ArrayList<>();
    Optional<String> next = Optional.of(target);
    while (next.isPresent()) {
      assertThat(pages).as("%s: pages of %s", client(), target).hasSizeLessThan(100);
      pages.add(get(200, next.get()));
      next = pages.get(pages.size() - 1).link("next");
    }
    return pages;
  }

  /** One member of each item of all pages, as text. */
  static List<String> each(List<Answer> pages, String name) {
    return pages.stream().flatMap(page -> page.each(name).stream()).toList();
  }

  /** Parses JSON that a test expects. */
  static JsonValue json(String text) {
    return Json.CODEC.read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text as JSON writes it. */
  static String quoted(String text) {
    return new String(Json.CODEC.write(new JsonString(text)), StandardCharsets.UTF_8);
  }
}

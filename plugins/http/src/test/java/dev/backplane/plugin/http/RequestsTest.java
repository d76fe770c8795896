package dev.backplane.plugin.http;

import static dev.backplane.plugin.http.ScriptedServer.json;
import static dev.backplane.plugin.http.Stores.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the backend is asked: paths, parameters, headers and methods, as they arrive. */
class RequestsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a /v1/things/a",
        "a/b /v1/things/a%2Fb",
        "a%2Fb /v1/things/a%252Fb",
        "a?b=c&d#e /v1/things/a%3Fb%3Dc%26d%23e",
        "a;b /v1/things/a%3Bb",
        "a+b /v1/things/a%2Bb",
        "ü-漢-😀 /v1/things/%C3%BC-%E6%BC%A2-%F0%9F%98%80",
        "\\ /v1/things/%5C",
        "{id} /v1/things/%7Bid%7D",
        "..x /v1/things/..x",
        "... /v1/things/...",
        "@evil.example /v1/things/%40evil.example",
        "//evil.example /v1/things/%2F%2Fevil.example"
      })
  void get_sends_the_id_as_one_segment(String id, String target) {
    assertThat(line(id, "{}")).isEqualTo("GET " + target + " HTTP/1.1");
  }

  @Test
  void get_when_the_id_stands_in_the_query_keeps_it_one_value() {
    String settings = "{'list': '/all?kind=x', 'item': '/one?id={id}&kind=x'}";
    assertThat(line("a&admin=1#", settings))
        .isEqualTo("GET /v1/things/one?id=a%26admin%3D1%23&kind=x HTTP/1.1");
  }

  private static String line(String id, String settings) {
    try (ScriptedServer server = ScriptedServer.answering(json(404, "{}"));
        Store store = Stores.open(server.url(), settings)) {
      assertThat(store.get(id)).isEmpty();
      return server.requests().get(0).lines().findFirst().orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "..",
        "../admin",
        "a/../b",
        "a/..",
        "..\\admin",
        "%2e%2e",
        "%2E%2E/admin",
        "%252e%252e%252fadmin",
        "..%2fadmin",
        "..;/admin",
        "..;x=y/admin",
        "a\u0000b",
        "a\nb",
        "\r\nX-Evil: 1"
      })
  void item_when_the_id_might_be_another_path_is_refused(String id) {
    try (ScriptedServer server = ScriptedServer.answering(json(200, "{}"));
        WritableStore store = Stores.writable(server.url(), "{'writes': 'conditional'}")) {
      assertFails(Reason.INVALID, () -> store.get(id));
      assertFails(Reason.INVALID, () -> store.put(id, JsonObject.empty(), new Precondition.None()));
      assertFails(Reason.INVALID, () -> store.delete(id, new Precondition.None()));
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void item_when_the_mapping_trusts_the_backend_sends_paths_as_ids() {
    String settings = "{'paths-as-ids': 'encoded'}";
    assertThat(line("../admin", settings)).isEqualTo("GET /v1/things/..%2Fadmin HTTP/1.1");
    try (Store store = Stores.open("http://127.0.0.1:1", settings)) {
      assertFails(Reason.INVALID, () -> store.get(".."));
      assertFails(Reason.INVALID, () -> store.get("."));
      assertFails(Reason.INVALID, () -> store.get("a\u0000"));
    }
  }

  @Test
  void item_when_the_id_is_no_unicode_is_refused() {
    try (Store store = Stores.open("http://127.0.0.1:1", "{}")) {
      assertFails(Reason.INVALID, () -> store.get("\uD800"));
    }
  }

  @Test
  void list_asks_for_the_filters_and_orders_that_the_mapping_names() {
    String settings =
        "{'filters': {'city': 'town', 'price:gte': 'min price', 'q': 'search'},"
            + " 'sort': {'parameter': 'order by', 'fields': {'price': 'cost', 'name': 'name'}}}";
    Filter filter =
        new Filter.And(
            List.of(
                Filter.where("city", Operator.EQ, "Oslo&admin=1"),
                Filter.where("price", Operator.GTE, "9"),
                Filter.where("price", Operator.LTE, "20"),
                Filter.where("color", Operator.EQ, "red"),
                new Filter.Not(Filter.where("city", Operator.EQ, "Rome")),
                new Filter.Search("ä b")));
    List<Order> order =
        List.of(
            new Order(FieldPath.parse("price"), true), new Order(FieldPath.parse("name"), false));
    assertThat(listLine(settings, Query.first(5).filteredBy(filter).orderedBy(order)))
        .isEqualTo(
            "GET /v1/things?town=Oslo%26admin%3D1&min%20price=9&search=%C3%A4%20b"
                + "&order%20by=-cost%2Cname HTTP/1.1");
  }

  @Test
  void list_when_links_repeat_the_query_of_the_mapping_keeps_it_out_of_cursors() {
    String settings = "{'list': '/all?key=secret&x', 'paging': {'style': 'link'}}";
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              String link = "Link: <?x&page=2&ke%79=secret>; rel=next";
              ScriptedServer.write(socket, number == 1 ? json(200, "[]", link) : json(200, "[]"));
            });
        Store store = Stores.open(server.url(), settings)) {
      String next = store.list(Query.first(1)).next().orElseThrow();
      byte[] decoded = Base64.getUrlDecoder().decode(next);
      assertThat(new String(decoded, StandardCharsets.UTF_8))
          .contains("page=2")
          .doesNotContain("secret");
      assertThat(store.list(Query.first(1).from(next)).next()).isEmpty();
      assertThat(server.requests().get(1))
          .startsWith("GET /v1/things/all?page=2&key=secret&x HTTP/1.1");
    }
  }

  @Test
  void getAll_asks_for_several_ids_at_once_where_the_backend_takes_them() {
    String settings = "{'many': {'parameter': 'id', 'most': 2}}";
    try (ScriptedServer server =
            ScriptedServer.answering(json(200, "[{\"id\": \"a\"}, {\"id\": \"a\"}]"));
        BatchGetStore store = (BatchGetStore) Stores.open(server.url(), settings)) {
      Set<String> ids = new LinkedHashSet<>(List.of("a", "b&c"));
      assertThat(store.getAll(ids)).extracting(Item::id).containsExactly("a");
      assertThat(server.requests())
          .singleElement()
          .asString()
          .startsWith("GET /v1/things?id=a&id=b%26c HTTP/1.1");
    }
  }

  @Test
  void getAll_when_a_list_has_others_reads_what_it_lacks() {
    String settings = "{'many': {'parameter': 'ignored', 'style': 'commas'}}";
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              boolean list = request.contains("?ignored=a%2Cz ");
              String answer = list ? "[{\"id\": \"a\"}, {\"id\": \"b\"}]" : "{\"id\": \"z\"}";
              ScriptedServer.write(socket, json(200, answer));
            });
        BatchGetStore store = (BatchGetStore) Stores.open(server.url(), settings)) {
      Set<String> ids = new LinkedHashSet<>(List.of("a", "z"));
      assertThat(store.getAll(ids)).extracting(Item::id).containsExactly("a", "z");
    }
  }

  @Test
  void getAll_when_one_of_many_reads_fails_fails() {
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) ->
                ScriptedServer.write(
                    socket, request.contains("/bad ") ? json(400, "{}") : json(404, "{}")));
        BatchGetStore store = (BatchGetStore) Stores.open(server.url(), "{}")) {
      assertThat(store.getAll(Set.of("a", "b", "c"))).isEmpty();
      assertFails(Reason.INVALID, () -> store.getAll(Set.of("a", "b", "c", "bad")));
    }
  }

  @Test
  void list_when_directions_have_a_parameter_of_their_own_uses_it() {
    String settings =
        "{'sort': {'parameter': '_sort', 'order-parameter': '_order', 'fields': {'a': 'a', 'b': 'b'}}}";
    List<Order> order =
        List.of(new Order(FieldPath.parse("a"), true), new Order(FieldPath.parse("b"), false));
    assertThat(listLine(settings, Query.first(5).orderedBy(order)))
        .isEqualTo("GET /v1/things?_sort=a%2Cb&_order=desc%2Casc HTTP/1.1");
  }

  private static String listLine(String settings, Query query) {
    try (ScriptedServer server = ScriptedServer.answering(json(200, "[]"));
        Store store = Stores.open(server.url(), settings)) {
      assertThat(store.list(query).items()).isEmpty();
      return server.requests().get(0).lines().findFirst().orElseThrow();
    }
  }

  @Test
  void list_when_a_field_cannot_be_sorted_by_refuses_the_order() {
    String settings = "{'sort': {'parameter': 'sort', 'fields': {'a': 'a'}}}";
    try (ScriptedServer server = ScriptedServer.answering(json(200, "[]"));
        Store store = Stores.open(server.url(), settings)) {
      List<Order> order =
          List.of(new Order(FieldPath.parse("a"), true), new Order(FieldPath.parse("b"), false));
      assertFails(Reason.UNSUPPORTED, () -> store.list(Query.first(5).orderedBy(order)));
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void list_when_a_page_is_cut_shorter_than_asked_goes_on_where_it_ended() {
    // a backend with a maximum of its own, of which the mapping does not know
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              int offset = Integer.parseInt(request.replaceAll("(?s).*offset=([0-9]+).*", "$1"));
              String body =
                  IntStream.range(offset, Math.min(offset + 2, 5))
                      .mapToObj("{\"id\": \"%d\"}"::formatted)
                      .collect(Collectors.joining(", ", "[", "]"));
              ScriptedServer.write(socket, json(200, body));
            });
        Store store =
            Stores.open(
                server.url(), "{'paging': {'style': 'offset', 'size-parameter': 'limit'}}")) {
      StringBuilder ids = new StringBuilder();
      Query query = Query.first(10);
      while (true) {
        var page = store.list(query);
        page.items().forEach(item -> ids.append(item.id()));
        if (page.next().isEmpty()) {
          break;
        }
        query = query.from(page.next().get());
      }
      assertThat(ids).hasToString("01234");
    }
  }

  @Test
  void request_has_the_headers_of_the_mapping_and_no_others() {
    String settings =
        "{'headers': {'X-Tenant': 'blue', 'Accept-Language': 'en'}, 'bearer': 'secret'}";
    try (ScriptedServer server = ScriptedServer.answering(json(404, "{}"));
        Store store = Stores.open(server.url(), settings)) {
      assertThat(store.get("a")).isEmpty();
      // the encodings come in any order
      List<String> lines =
          server
              .requests()
              .get(0)
              .lines()
              .skip(1)
              .filter(line -> !line.startsWith("Accept-Encoding: "))
              .toList();
      assertThat(lines)
          .containsExactlyInAnyOrder(
              "X-Tenant: blue",
              "Accept-Language: en",
              "Accept: application/json",
              "Authorization: Bearer secret",
              "Host: 127.0.0.1:" + server.port(),
              "Connection: keep-alive",
              "User-Agent: Backplane",
              "");
    }
  }

  /** Also those that other threads send at the same time; what the mapping says holds. */
  @Test
  void requests_of_a_call_are_sent_along_what_belongs_to_it() {
    try (ScriptedServer server = ScriptedServer.answering(json(404, "{}"))) {
      AtomicReference<Map<String, String>> now = new AtomicReference<>(Map.of());
      Thread caller = Thread.currentThread();
      StoreContext context =
          Stores.propagating(
              Stores.context(server.url(), "{'headers': {'x-tenant': 'blue'}}"),
              () -> Thread.currentThread() == caller ? now.get() : Map.of());
      try (BatchGetStore store = (BatchGetStore) new HttpService().open(context)) {
        now.set(Map.of("traceparent", "first", "X-Tenant", "red"));
        assertThat(store.getAll(Set.of("a", "b", "c"))).isEmpty();
        assertThat(server.requests())
            .hasSize(3)
            .allSatisfy(request ->
                assertThat(request)
                    .contains("traceparent: first\r\n", "x-tenant: blue\r\n")
                    .doesNotContain("red"));
        now.set(Map.of());
        assertThat(store.get("d")).isEmpty();
        assertThat(server.requests().get(3)).doesNotContain("traceparent");
      }
    }
  }

  @Test
  void request_when_the_mapping_has_a_user_sends_it() {
    try (ScriptedServer server = ScriptedServer.answering(json(404, "{}"));
        Store store =
            Stores.open(server.url(), "{'basic': {'user': 'ann', 'password': 'secret'}}")) {
      assertThat(store.get("a")).isEmpty();
      assertThat(server.requests().get(0)).contains("Authorization: Basic YW5uOnNlY3JldA==");
    }
  }

  @Test
  void request_when_the_backend_sets_a_cookie_does_not_send_it_back() {
    try (ScriptedServer server =
            ScriptedServer.answering(json(404, "{}", "Set-Cookie: a=b; Path=/"));
        Store store = Stores.open(server.url(), "{}")) {
      assertThat(store.get("a")).isEmpty();
      assertThat(store.get("a")).isEmpty();
      assertThat(server.requests().get(1).toLowerCase(Locale.ROOT)).doesNotContain("cookie");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no | 7 | {'n':1} | {'n':1}",
        "text | 7 | {'n':1} | {'n':1,'id':'7'}",
        "number | 7 | {'n':1} | {'n':1,'id':7}",
        "number | a | {'n':1} | {'n':1,'id':'a'}",
        "text | 7 | {'id':7} | {'id':7}"
      })
  void put_sends_the_id_as_the_mapping_says(String word, String id, String body, String sent) {
    String settings = "{'writes': 'unconditional', 'send-id': '%s'}".formatted(word);
    try (ScriptedServer server = ScriptedServer.answering(json(200, "{\"id\": \"" + id + "\"}"));
        WritableStore store = Stores.writable(server.url(), settings)) {
      store.put(id, Stores.json(body), new Precondition.None());
      assertThat(server.requests()).singleElement().asString().endsWith(sent.replace('\'', '"'));
    }
  }

  @Test
  void write_uses_the_methods_and_the_envelope_of_the_mapping() {
    String settings =
        "{'writes': 'unconditional', 'item-in': 'data.item',"
            + " 'methods': {'create': 'PUT', 'replace': 'PATCH', 'delete': 'POST'}}";
    String answer = json(200, "{\"data\": {\"item\": {\"id\": \"a\"}}}");
    try (ScriptedServer server = ScriptedServer.answering(answer);
        WritableStore store = Stores.writable(server.url(), settings)) {
      store.create(Stores.json("{'n': 1}"));
      store.put("a", Stores.json("{'n': 1}"), new Precondition.None());
      store.delete("a", new Precondition.None());
      assertThat(server.requests().stream().map(each -> each.lines().findFirst().orElseThrow()))
          .containsExactly(
              "PUT /v1/things HTTP/1.1",
              "PATCH /v1/things/a HTTP/1.1",
              "GET /v1/things/a HTTP/1.1",
              "POST /v1/things/a HTTP/1.1");
      assertThat(server.requests().get(0)).endsWith("\r\n\r\n{\"data\":{\"item\":{\"n\":1}}}");
    }
  }
}

package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Client.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list query in a body: what GET answers, whatever its length. */
interface QueryRules extends HttpRules {
  String QUERY = THINGS + "/_query";

  @Test
  default void query_isAnsweredAsGet() {
    createMany(13);
    Answer list = post(200, QUERY, "{}");
    Answer get = get(200, THINGS);
    assertThat(list.text()).isEqualTo(get.text());
    for (String header :
        List.of(
            "X-Total-Count", "Content-Range", "Content-Type", "Access-Control-Expose-Headers")) {
      assertThat(list.header(header)).as(header).isEqualTo(get.header(header));
    }
    assertThat(
            post(200, QUERY, "{\"q\":\"a1\",\"fields\":[\"n\"],\"limit\":2,\"where\":null}").text())
        .isEqualTo(get(200, THINGS + "?q=a1&_fields=n&_limit=2").text());
    assertThat(post(200, QUERY, "{\"page\":2,\"limit\":4}").header("Content-Range"))
        .hasValue("things 4-7/13");
    assertThat(post(200, QUERY, "{\"offset\":10,\"fields\":\"id,n\"}").header("Content-Range"))
        .hasValue("things 10-12/13");
    if (sorts()) {
      for (String sort : List.of("\"-even,n\"", "[\"-even\",\"n\"]")) {
        assertThat(post(200, QUERY, "{\"sort\":" + sort + "}").text())
            .isEqualTo(get(200, THINGS + "?_sort=-even,n").text());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"limit\":2}",
        "{\"page\":1,\"limit\":4}",
        "{\"offset\":0,\"limit\":3}",
        "{\"where\":{\"n\":{\"gte\":0}},\"limit\":6,\"fields\":[\"id\"]}"
      })
  default void links_takeTheSameBodyOnToTheNextPage(String body) {
    createMany(13);
    List<Answer> pages = new ArrayList<>();
    Optional<String> next = Optional.of(QUERY);
    while (next.isPresent()) {
      assertThat(pages).hasSizeLessThan(20);
      pages.add(post(200, next.get(), body));
      next = pages.get(pages.size() - 1).link("next");
    }
    assertThat(HttpRules.each(pages, "id")).hasSize(13).doesNotHaveDuplicates();
  }

  @Test
  default void cursorOfALink_canStandInTheBody() {
    createMany(7);
    Answer first = post(200, QUERY, "{\"limit\":5}");
    String link = first.link("next").orElseThrow();
    String cursor = link.substring(link.indexOf("_cursor=") + 8).split("&")[0];
    Answer rest = post(200, QUERY, "{\"limit\":5,\"cursor\":\"" + cursor + "\"}");
    assertThat(rest.items()).hasSize(2);
    assertThat(rest.each("id")).doesNotContainAnyElementsOf(first.each("id"));
    post(400, QUERY, "{\"limit\":5,\"where\":{\"n\":1},\"cursor\":\"" + cursor + "\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"nonsense\":1}",
        "{\"_limit\":1}",
        "{\"where\":1}",
        "{\"limit\":0}",
        "{\"limit\":21}",
        "{\"limit\":[1,2]}",
        "{\"limit\":1.5}",
        "{\"limit\":true}",
        "{\"limit\":{}}",
        "{\"page\":0}",
        "{\"page\":1,\"offset\":1}",
        "{\"page\":1,\"cursor\":\"x\"}",
        "{\"cursor\":\"x\"}",
        "{\"sort\":{}}",
        "{\"sort\":[[]]}",
        "{\"sort\":[\"a\",\"\"]}",
        "{\"fields\":\"a..b\"}",
        "{\"q\":{}}",
        "[]",
        "null",
        "1"
      })
  default void queryThatIsWrong_is400(String body) {
    post(400, QUERY, body);
  }

  @Test
  default void memberThatIsUnknown_isRefusedWithThoseThatExist_orIgnored() {
    createMany(2);
    assertThat(post(400, QUERY, "{\"filter\":{}}").text())
        .contains("cursor", "fields", "limit", "offset", "page", "q", "sort", "where");
    Request lenient =
        Request.json("POST", QUERY + "?n=1", "{\"filter\":{},\"limit\":1}")
            .header("Prefer", "handling=lenient");
    assertThat(send(200, lenient).items()).hasSize(1);
    assertThat(post(400, QUERY + "?n=1", "{}").text()).contains("body", "_cursor");
    post(400, QUERY + "?_where=%7B%7D", "{}");
  }

  @Test
  default void bodyOfAQuery_isABodyLikeAnyOther() {
    send(415, Request.of("POST", QUERY).body("text/plain", "{}"));
    post(400, QUERY, "");
    post(400, QUERY, "{\"limit\":1,\"limit\":1}");
    String large = "{\"where\":{\"n\":[" + "1,".repeat(MAX_BODY_SIZE / 2) + "1]}}";
    post(413, QUERY, large);
  }

  @Test
  default void onlyPost_makesAQueryOfAnItem() {
    get(404, QUERY);
    put(404, QUERY, "{\"n\":1}");
    create("{\"id\":\"_query\",\"n\":1}");
    assertThat(get(200, QUERY).text()).contains("\"_query\"");
    assertThat(put(200, QUERY, "{\"n\":2}").text()).contains("\"_query\"");
    patch(200, QUERY, "{\"n\":3}");
    assertThat(post(200, QUERY, "{}").each("n")).containsExactly("3");
    assertThat(send(204, Request.of("OPTIONS", QUERY)).words("Allow"))
        .containsExactlyInAnyOrder("GET", "HEAD", "PUT", "PATCH", "DELETE", "POST", "OPTIONS");
    delete(204, QUERY);
    post(405, THINGS + "/query", "{}");
  }

  @Test
  default void queryOfAListThatIsSwitchedOff_is405() {
    assertThat(post(405, CLOSED + "/_query", "{}").words("Allow")).doesNotContain("POST");
    assertThat(post(200, FROZEN + "/_query", "{\"where\":{\"sku\":{\"gt\":9}}}").each("sku"))
        .containsExactlyInAnyOrder("17", "4711");
    if (client().can(Feature.RAW_PATH)) {
      post(200, THINGS + "/%5Fquery/", "{}");
    }
  }

  @Test
  default void relations_areFollowedFromABody() {
    create("{\"id\":\"root\",\"sku\":17}");
    create("{\"id\":\"one\",\"parent\":\"root\"}");
    String get = get(200, THINGS + "?id=root&_expand=product&_embed=children&_fields=id").text();
    assertThat(get).contains("Chair", "\"one\"");
    for (String body :
        List.of(
            "\"expand\":\"product\",\"embed\":[\"children\"],\"fields\":\"id\"",
            "\"expand\":[\"product\"],\"embed\":\"children\",\"fields\":[\"id\"]")) {
      assertThat(post(200, QUERY, "{\"where\":{\"id\":\"root\"}," + body + "}").text())
          .isEqualTo(get);
    }
  }
}

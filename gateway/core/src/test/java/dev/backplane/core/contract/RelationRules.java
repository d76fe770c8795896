package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What relations lead to, across resources and backends. */
interface RelationRules extends HttpRules {
  private void createFamily() {
    create("{\"id\": \"root\", \"sku\": 17}");
    create("{\"id\": \"one\", \"parent\": \"root\", \"sku\": 4711}");
    create("{\"id\": \"two\", \"parent\": \"root\", \"sku\": 17}");
    create("{\"id\": \"leaf\", \"parent\": \"one\", \"sku\": 99}");
    create("{\"id\": \"odd\", \"parent\": [\"root\"], \"sku\": null}");
  }

  private static String name(JsonObject item, String relation) {
    JsonValue value = item.get(relation).orElseThrow();
    return value instanceof JsonObject object
        ? object.get("name").orElseThrow().text().orElseThrow()
        : value.toString();
  }

  private static List<String> ids(JsonValue items) {
    return ((JsonArray) items)
        .elements().stream()
            .map(item -> ((JsonObject) item).get("id").orElseThrow().text().orElseThrow())
            .sorted()
            .toList();
  }

  @ParameterizedTest
  @CsvSource({"product", "label"})
  default void expand_putsTheOneItemIn_andNullWhereThereIsNone(String relation) {
    createFamily();

    Answer list = get(200, THINGS + "?_limit=10&_expand=" + relation);
    assertThat(list.items()).hasSize(5);
    for (JsonObject item : list.items()) {
      String expected =
          switch (item.get("id").orElseThrow().text().orElseThrow()) {
            case "root", "two" -> "Chair";
            case "one" -> "Eau de Cologne";
            default -> "null";
          };
      assertThat(name(item, relation)).isEqualTo(expected);
    }
    assertThat(list.header("X-Total-Count")).hasValue("5");

    Answer item = get(200, THINGS + "/one?_expand=" + relation);
    assertThat(name(item.object(), relation)).isEqualTo("Eau de Cologne");
    assertThat(item.header("ETag")).as("a version that tells nothing of the product").isEmpty();
  }

  @Test
  default void embed_putsTheManyItemsIn() {
    createFamily();

    Answer list = get(200, THINGS + "?id=root&id=one&id=leaf&_embed=children");
    for (JsonObject item : list.items()) {
      List<String> expected =
          switch (item.get("id").orElseThrow().text().orElseThrow()) {
            case "root" -> List.of("one", "two");
            case "one" -> List.of("leaf");
            default -> List.of();
          };
      assertThat(ids(item.get("children").orElseThrow())).isEqualTo(expected);
    }
    assertThat(ids(get(200, THINGS + "/root?_embed=children").member("children")))
        .containsExactly("one", "two");
  }

  @Test
  default void relations_whenIdsAreNumbers_matchThem() {
    createFamily();
    assertThat(ids(get(200, PRODUCTS + "/17?_embed=things").member("things")))
        .containsExactly("root", "two");
    assertThat(ids(get(200, PRODUCTS + "/1?_embed=things").member("things"))).isEmpty();
  }

  @Test
  default void relations_followOneMoreFromThere() {
    createFamily();
    JsonObject root = get(200, THINGS + "/root?_embed=children.product,children.children").object();
    for (JsonValue child : ((JsonArray) root.get("children").orElseThrow()).elements()) {
      JsonObject inner = (JsonObject) child;
      boolean one = inner.get("id").orElseThrow().text().orElseThrow().equals("one");
      assertThat(name(inner, "product")).isEqualTo(one ? "Eau de Cologne" : "Chair");
      assertThat(ids(inner.get("children").orElseThrow()))
          .isEqualTo(one ? List.of("leaf") : List.of());
    }
    JsonObject leaf = get(200, THINGS + "/leaf?_expand=parent.parent").object();
    JsonObject one = (JsonObject) leaf.get("parent").orElseThrow();
    JsonObject up = (JsonObject) one.get("parent").orElseThrow();
    assertThat(up.get("id").orElseThrow().text()).hasValue("root");
    assertThat(up.get("parent")).as("a circle ends").isEmpty();
    JsonObject odd = get(200, THINGS + "/odd?_expand=parent.parent").object();
    assertThat(odd.get("parent")).hasValue(JsonNull.NULL);
  }

  /** As json-server has it since 1.0, and ra-data-json-server asks for no other way. */
  @Test
  default void embed_ofOneItem_isExpand() {
    createFamily();
    assertThat(get(200, THINGS + "/two?_embed=product,children").object())
        .isEqualTo(get(200, THINGS + "/two?_expand=product&_embed=children").object());
    assertThat(get(200, THINGS + "?_embed=parent.parent").items())
        .isEqualTo(get(200, THINGS + "?_expand=parent.parent").items());
  }

  @Test
  default void relations_withFields_areKept() {
    createFamily();
    Answer two = get(200, THINGS + "/two?_fields=id&_expand=product,label");
    assertThat(two.object().members()).containsOnlyKeys("id", "product", "label");
    assertThat(name(two.object(), "product")).isEqualTo("Chair");
    Answer list =
        get(200, THINGS + "?id=two&_fields=id,product.name&_expand=product&_embed=children");
    JsonObject item = list.items().get(0);
    assertThat(item.members()).containsOnlyKeys("id", "product", "children");
    assertThat(item.get("product")).hasValue(HttpRules.json("{\"name\": \"Chair\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          _expand=nothing                | product, label, parent, children
          _embed=nothing                 | product, label, parent, children
          _expand=children               | use _embed
          _expand=parent.parent.parent   | not more
          _expand=parent.nothing         | product, label, parent, children
          _expand=product.nothing        | things
          _expand=label.nothing          | it has none
          _expand=.                      | product, label, parent, children
          """)
  default void relations_thatAreNone_are400_andSayWhichThereAre(String query, String words) {
    create("{\"id\": \"root\"}");
    assertThat(get(400, THINGS + "?" + query).text()).contains(words);
    assertThat(get(400, THINGS + "/root?" + query).text()).contains(words);
  }

  @Test
  default void relations_beyondTheScanLimit_are400_andNameTheRelation() {
    // 30 items match, of which 20 may be read
    create("{\"id\": \"all\"}");
    assertThat(get(400, THINGS + "?_embed=sample").text()).contains("sample", "scan-limit");
  }

  @Test
  default void route_ofARelation_answersLikeTheResourceThere() {
    createFamily();

    Answer many = get(200, THINGS + "/root/children?n:isnull=true&_limit=1&_page=1");
    assertThat(many.items()).hasSize(1);
    assertThat(many.header("X-Total-Count")).hasValue("2");
    assertThat(many.need("Content-Range")).isEqualTo("things 0-0/2");
    assertThat(get(200, many.link("next").orElseThrow()).items()).hasSize(1);
    assertThat(HttpRules.each(walk(THINGS + "/root/children?_limit=1"), "id").stream().sorted())
        .containsExactly("one", "two");
    assertThat(get(200, THINGS + "/leaf/children").items()).isEmpty();
    assertThat(get(200, PRODUCTS + "/17/things?_expand=label").each("id"))
        .containsExactlyInAnyOrder("root", "two");

    Answer one = get(200, THINGS + "/one/product");
    assertThat(one.member("name").text()).hasValue("Eau de Cologne");
    assertThat(one.header("ETag")).isEqualTo(get(200, PRODUCTS + "/4711").header("ETag"));
    send(304, Request.of("GET", THINGS + "/one/product").header("If-None-Match", one.need("ETag")));
  }

  @Test
  default void route_ofARelation_thatLeadsNowhere_is404() {
    createFamily();
    get(404, THINGS + "/nobody/children");
    get(404, THINGS + "/nobody/product");
    get(404, THINGS + "/leaf/product");
    get(404, THINGS + "/odd/product");
    get(404, THINGS + "/root/nothing");
    get(404, THINGS + "/root/children/one");
  }

  @Test
  default void route_ofARelation_onlyReads() {
    createFamily();
    String path = THINGS + "/root/children";
    assertThat(send(204, Request.of("OPTIONS", path)).words("Allow"))
        .containsExactly("GET", "HEAD", "OPTIONS");
    assertThat(post(405, path, "{}").words("Allow")).containsExactly("GET", "HEAD", "OPTIONS");
    assertThat(send(200, Request.of("HEAD", path)).header("X-Total-Count")).hasValue("2");
  }
}

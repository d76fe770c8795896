package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backplane.core.contract.Client.Feature;
import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids: any text that every client can put into a path, percent-decoded exactly once. */
interface IdRules extends HttpRules {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "/a",
        "a//b",
        "a b",
        " a ",
        "100%",
        "%",
        "%zz",
        "%2F",
        "%252F",
        "ü-漢-😀",
        "a;b",
        "+",
        "a+b",
        "~",
        "\"quoted\"",
        "it's",
        "a\\b",
        "a?b",
        "a#b",
        "a&b=c",
        "a,b",
        "a:b",
        "a@b",
        "<a>",
        "{a}",
        "|",
        "*",
        "$",
        "...",
        ".a",
        "../a",
        "a/../b",
        "-",
        "_",
        "null",
        "true",
        "0",
        "007",
        "1e3",
        "e\u0301",
        "\u202Eabc",
        "\uFEFF",
        "\u00A0"
      })
  default void anyText_isAnId_onEveryRoute(String id) {
    assumeTrue(
        !id.contains("?") || client().can(Feature.RAW_PATH), "a path that is decoded ends there");
    String json =
        new String(
            Json.CODEC.write(JsonObject.of("id", new JsonString(id))), StandardCharsets.UTF_8);
    String path = THINGS + "/" + Request.encode(id);

    Answer created = post(201, THINGS, json);
    assertThat(created.member("id")).isEqualTo(new JsonString(id));
    assertThat(get(200, created.need("Location")).member("id")).isEqualTo(new JsonString(id));
    assertThat(get(200, path).member("id")).isEqualTo(new JsonString(id));
    assertThat(get(200, THINGS).each("id")).containsExactly(id);
    assertThat(get(200, THINGS + "?id=" + Request.encode(id)).each("id")).containsExactly(id);
    post(409, THINGS, json);
    put(200, path, json);
    put(200, path, "{\"n\": 1}");
    assertThat(patch(200, path, "{\"n\": 2}").member("id")).isEqualTo(new JsonString(id));
    delete(204, path);
    get(404, path);
    send(201, Request.json("PUT", path, json).header("If-None-Match", "*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "a/", "a/b//"})
  default void slashAtTheEnd_belongsToTheId_whenItIsEncoded(String id) {
    assumeTrue(client().can(Feature.RAW_PATH), "a slash in an id looks like one in the path");
    create("{\"id\": \"" + id + "\"}");
    assertThat(get(200, THINGS + "/" + Request.encode(id)).member("id"))
        .isEqualTo(new JsonString(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "漢", "😀"})
  default void idOf200Characters_isLegal(String character) {
    String id = character.repeat(200);
    String item = create("{\"id\": \"" + id + "\"}");
    assertThat(get(200, item).member("id")).isEqualTo(new JsonString(id));
    delete(204, item);
  }

  @Test
  default void differentSpellingsOfAPath_areTheSameItem() {
    create("{\"id\": \"aü+\"}");
    for (String path : new String[] {"a%C3%BC%2B", "a%c3%bc%2b", "%61%C3%BC+", "a%C3%BC+"}) {
      get(200, THINGS + "/" + path);
    }
    create("{\"id\": \"a (b)!*',:@$\"}");
    get(200, THINGS + "/a%20(b)!*',:@$");
    get(200, THINGS + "/a%20%28b%29%21%2A%27%2C%3A%40%24");
  }

  @Test
  default void differentIds_areDifferentItems() {
    for (String id :
        new String[] {"a", "A", "a ", "é", "e\u0301", "1", "01", "1.0", "%61", "a+b"}) {
      create("{\"id\": \"" + id + "\"}");
    }
    get(404, THINGS + "/a%20b");
    assertThat(get(200, THINGS + "?_limit=20").items()).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%2E", "%2e%2E", ".%2e", "%0A", "%1F", "%7F", "%C2%85"})
  default void dotsAndControlCharacters_are400_inAPath(String segment) {
    String path = THINGS + "/" + segment;
    get(400, path);
    send(400, Request.json("PUT", path, "{}").header("If-None-Match", "*"));
    delete(400, path);
  }

  @Test
  default void nulCharacter_is400_inAPath() {
    getUnreadable(THINGS + "/%00");
    getUnreadable(THINGS + "/a%00b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\".\"",
        "\"..\"",
        "\"\\u0000\"",
        "\"a\\nb\"",
        "\"\\u007f\"",
        "\"\\u0085\"",
        "null",
        "true",
        "{}",
        "[]",
        "[\"a\"]"
      })
  default void noId_is400_inABody(String id) {
    post(400, THINGS, "{\"id\": " + id + "}");
    String item = create("{\"id\": \"a\"}");
    put(400, item, "{\"id\": " + id + "}");
    patch(400, item, "{\"id\": " + id + "}");
    assertThat(get(200, THINGS).json()).isEqualTo(HttpRules.json("[{\"id\": \"a\"}]"));
  }

  @Test
  default void longId_isLegal_andOneOfMoreThanTheBackendTakesOr4096Is400() {
    get(200, create("{\"id\": \"" + "x".repeat(longestId()) + "\"}"));
    if (longestId() < 1024) {
      post(400, THINGS, "{\"id\": \"" + "x".repeat(1024) + "\"}");
    }
    get(404, THINGS + "/" + "x".repeat(4096));
    get(400, THINGS + "/" + "x".repeat(4097));
    post(400, THINGS, "{\"id\": \"" + "x".repeat(4097) + "\"}");
    post(400, THINGS, "{\"id\": \"" + "漢".repeat(1366) + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%", "%", "%2", "%zz", "%C3", "%C3%28", "%C0%AF", "%ED%A0%80", "%FF"})
  default void malformedPercentEncoding_is400_inAPath(String segment) {
    assumeTrue(client().can(Feature.MALFORMED_URL), "API Gateway answers a malformed URL itself");
    getUnreadable(THINGS + "/" + segment);
    getUnreadable("/api/" + segment);
  }

  @Test
  default void numberAsId_staysANumber() {
    assertThat(get(200, PRODUCTS + "/17").member("sku")).isEqualTo(HttpRules.json("17"));
    assertThat(get(200, PRODUCTS).items())
        .extracting(item -> item.get("sku").orElseThrow())
        .containsExactlyInAnyOrder(
            HttpRules.json("1"), HttpRules.json("17"), HttpRules.json("4711"));

    Answer created = post(201, PRODUCTS, "{\"sku\": 99, \"name\": \"new\"}");
    try {
      assertThat(created.need("Location")).endsWith("/99");
      assertThat(created.member("sku")).isEqualTo(HttpRules.json("99"));
      post(409, PRODUCTS, "{\"sku\": 99}");
      assertThat(put(200, PRODUCTS + "/99", "{\"sku\": 99, \"n\": 1}").member("sku"))
          .isEqualTo(HttpRules.json("99"));
      assertThat(patch(200, PRODUCTS + "/99", "{\"n\": 2}").member("sku"))
          .isEqualTo(HttpRules.json("99"));
      assertThat(put(200, PRODUCTS + "/99", "{\"n\": 3}").member("sku"))
          .isEqualTo(HttpRules.json("99"));
      assertThat(get(200, PRODUCTS + "/99").member("sku")).isEqualTo(HttpRules.json("99"));
    } finally {
      delete(204, PRODUCTS + "/99");
    }
  }

  @Test
  default void memberNamedId_isAnyOther_whenTheIdFieldHasAnotherName() {
    Answer created = post(201, PRODUCTS, "{\"sku\": 98, \"id\": {\"x\": null}}");
    try {
      assertThat(created.need("Location")).endsWith("/98");
      put(200, PRODUCTS + "/98", "{\"id\": \"..\"}");
      assertThat(get(200, PRODUCTS + "/98").member("id")).isEqualTo(new JsonString(".."));
    } finally {
      delete(204, PRODUCTS + "/98");
    }
  }

  @Test
  default void id_keepsItsStoredType_whateverTypeALaterWriteGivesIt() {
    post(201, PRODUCTS, "{\"sku\": 97}");
    String product = PRODUCTS + "/97";
    try {
      assertThat(put(200, product, "{\"sku\": \"97\", \"n\": 1}").member("sku"))
          .isEqualTo(HttpRules.json("97"));
      assertThat(patch(200, product, "{\"sku\": \"97\", \"n\": 2}").member("sku"))
          .isEqualTo(HttpRules.json("97"));
      assertThat(get(200, product).json()).isEqualTo(HttpRules.json("{\"sku\": 97, \"n\": 2}"));
      put(400, product, "{\"sku\": 96}");
      put(400, product, "{\"sku\": \"097\"}");
    } finally {
      delete(204, product);
    }
    String thing = create("{\"id\": \"5\"}");
    assertThat(put(200, thing, "{\"id\": 5}").member("id")).isEqualTo(new JsonString("5"));
    assertThat(patch(200, thing, "{\"id\": 5}").member("id")).isEqualTo(new JsonString("5"));
    assertThat(get(200, THINGS).each("id")).containsExactly("5");
  }
}

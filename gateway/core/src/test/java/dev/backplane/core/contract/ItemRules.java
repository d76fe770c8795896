package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What POST, PUT, GET and DELETE of an item do. */
interface ItemRules extends HttpRules {
  @Test
  default void post_createsUnderTheIdOfTheBody() {
    Answer created = post(201, THINGS, "{\"id\": \"a\", \"n\": 1}");
    assertThat(created.json()).isEqualTo(HttpRules.json("{\"id\": \"a\", \"n\": 1}"));
    assertThat(created.need("Location")).endsWith(THINGS + "/a");
    Answer read = get(200, created.need("Location"));
    assertThat(read.json()).isEqualTo(created.json());
    assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
  }

  @Test
  default void post_choosesAnId_whenTheBodyHasNone() {
    Answer first = post(201, THINGS, "{\"n\": 1}");
    Answer second = post(201, THINGS, "{\"n\": 1}");
    assertThat(first.member("id")).isNotEqualTo(second.member("id"));
    for (Answer created : new Answer[] {first, second}) {
      assertThat(get(200, created.need("Location")).json()).isEqualTo(created.json());
      String id = created.member("id").text().orElseThrow();
      assertThat(get(200, THINGS + "?id=" + id).each("id")).containsExactly(id);
    }
    assertThat(post(201, THINGS, "{}").member("id").text()).isPresent();
  }

  @Test
  default void post_is409_andChangesNothing_whenTheIdIsTaken() {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    String tag = get(200, item).need("ETag");
    post(409, THINGS, "{\"id\": \"a\", \"n\": 2}");
    Answer read = get(200, item);
    assertThat(read.member("n")).isEqualTo(HttpRules.json("1"));
    assertThat(read.need("ETag")).isEqualTo(tag);
  }

  @Test
  default void get_is404_whenThereIsNoSuchItem() {
    get(404, THINGS + "/none");
    send(404, Request.of("HEAD", THINGS + "/none"));
  }

  @Test
  default void put_replacesTheWholeItem() {
    String item = create("{\"id\": \"a\", \"n\": 1, \"old\": {\"x\": 1}}");
    Answer replaced = put(200, item, "{\"id\": \"a\", \"n\": 2}");
    assertThat(replaced.json()).isEqualTo(HttpRules.json("{\"id\": \"a\", \"n\": 2}"));
    Answer read = get(200, item);
    assertThat(read.json()).isEqualTo(replaced.json());
    assertThat(read.header("ETag")).isEqualTo(replaced.header("ETag"));
  }

  @Test
  default void put_takesTheIdOfThePath_whenTheBodyHasNone() {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    assertThat(put(200, item, "{\"n\": 2}").json())
        .isEqualTo(HttpRules.json("{\"id\": \"a\", \"n\": 2}"));
    assertThat(get(200, THINGS + "?id=a").each("n")).containsExactly("2");
    assertThat(put(200, item, "{}").json()).isEqualTo(HttpRules.json("{\"id\": \"a\"}"));
  }

  @Test
  default void put_is404_andCreatesNothing_whenThereIsNoSuchItem() {
    put(404, THINGS + "/a", "{\"id\": \"a\"}");
    assertThat(get(200, THINGS).items()).isEmpty();
  }

  @Test
  default void put_creates_whenAskedToWithIfNoneMatch() {
    Request put = Request.json("PUT", THINGS + "/a", "{\"n\": 1}").header("If-None-Match", "*");
    Answer created = send(201, put);
    assertThat(created.need("Location")).endsWith(THINGS + "/a");
    assertThat(created.json()).isEqualTo(HttpRules.json("{\"id\": \"a\", \"n\": 1}"));
    assertThat(get(200, THINGS + "/a").header("ETag")).isEqualTo(created.header("ETag"));
    send(412, Request.json("PUT", THINGS + "/a", "{\"n\": 2}").header("If-None-Match", "*"));
    assertThat(get(200, THINGS + "/a").member("n")).isEqualTo(HttpRules.json("1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH"})
  default void anotherIdInTheBodyThanInThePath_is400(String method) {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    for (String id : new String[] {"\"b\"", "\"A\"", "\"\"", "1", "null", "{}"}) {
      send(400, Request.json(method, item, "{\"id\": " + id + ", \"n\": 2}"));
    }
    assertThat(get(200, THINGS).json()).isEqualTo(HttpRules.json("[{\"id\": \"a\", \"n\": 1}]"));
    send(200, Request.json(method, item, "{\"id\": \"a\", \"n\": 2}"));
  }

  @Test
  default void numberInTheBody_isTheSameIdAsItsDigitsInThePath() {
    if (!mixesIds()) {
      assertThat(post(400, THINGS, "{\"id\": 7}").text()).contains("\\\"id\\\" should be a string");
      return;
    }
    String item = create("{\"id\": 7}");
    assertThat(item).endsWith("/7");
    put(200, item, "{\"id\": 7, \"n\": 1}");
    put(400, item, "{\"id\": 8}");
    post(409, THINGS, "{\"id\": \"7\"}");
  }

  @Test
  default void delete_removesTheItem_andIs404TheSecondTime() {
    String item = create("{\"id\": \"a\"}");
    create("{\"id\": \"b\"}");
    delete(204, item);
    get(404, item);
    delete(404, item);
    assertThat(get(200, THINGS).each("id")).containsExactly("b");
    create("{\"id\": \"a\", \"again\": true}");
  }

  @Test
  default void fields_projectAnItem() {
    String item =
        create("{\"id\": \"a\", \"n\": 1, \"o\": {\"x\": 1, \"y\": {\"z\": 2}}, \"l\": []}");
    assertThat(get(200, item + "?_fields=n,o.y").json())
        .isEqualTo(HttpRules.json("{\"n\": 1, \"o\": {\"y\": {\"z\": 2}}}"));
    assertThat(get(200, item + "?_fields=id&_fields=o.y.z,o.x").json())
        .isEqualTo(HttpRules.json("{\"id\": \"a\", \"o\": {\"y\": {\"z\": 2}, \"x\": 1}}"));
    assertThat(get(200, item + "?_fields=none,o.none,n.x").object()).isEqualTo(JsonObject.empty());
    assertThat(get(200, item + "?_fields=").json()).isEqualTo(get(200, item).json());
    assertThat(get(200, item + "?_fields=n").header("ETag"))
        .isEqualTo(get(200, item).header("ETag"));
    get(400, item + "?_fields=a..b");
  }

  @Test
  default void queryOfAnItem_isRefused_whenItMeansNothing() {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    get(400, item + "?_limit=1");
    get(400, item + "?n=2");
    get(400, item + "?_nonsense=1");
  }
}

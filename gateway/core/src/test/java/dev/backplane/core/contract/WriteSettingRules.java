package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mapping may change about writes: {@code put: merge}, {@code require-match}. */
interface WriteSettingRules extends HttpRules {
  @Test
  default void put_mergesTopLevelMembers_whereTheMappingSaysSo() {
    String item = created(MERGED, "{\"keep\": 1.10, \"change\": {\"a\": 1}, \"clear\": 1}");
    Answer put = put(200, item, "{\"change\": {\"b\": 2}, \"clear\": null, \"new\": [1]}");
    assertThat(put.object().without("id"))
        .isEqualTo(
            HttpRules.json(
                "{\"keep\": 1.10, \"change\": {\"b\": 2}, \"clear\": null, \"new\": [1]}"));
    assertThat(get(200, item).json()).isEqualTo(put.json());
    assertThat(get(200, item).header("ETag")).isEqualTo(put.header("ETag"));
    put(400, item, "{\"id\": \"another\"}");
    delete(204, item);
  }

  @Test
  default void putThatMerges_createsAndTests_likeAnyPut() {
    String item = MERGED + "/" + UUID.randomUUID();
    put(404, item, "{\"n\": 1}");
    Request create = Request.json("PUT", item, "{\"n\": 1}").header("If-None-Match", "*");
    String tag = send(201, create).need("ETag");
    send(412, create);
    Request put = Request.json("PUT", item, "{\"m\": 1}");
    send(412, put.header("If-Match", "\"x\""));
    send(412, put.header("If-None-Match", tag));
    assertThat(send(200, put.header("If-Match", tag)).object().members().keySet())
        .containsExactlyInAnyOrder("id", "n", "m");
    send(412, put.header("If-Match", tag));
    delete(204, item);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
  default void change_needsIfMatch_whereTheMappingSaysSo(String method) {
    String item = created(GUARDED, "{\"n\": 1}");
    String tag = get(200, item).need("ETag");
    Request change = Request.of(method, item);
    Request write = method.equals("DELETE") ? change : change.body("application/json", "{}");
    assertThat(send(428, write).member("detail").text().orElseThrow()).contains("If-Match");
    send(428, write.header("If-Match", "*"));
    send(428, write.header("If-None-Match", "\"x\""));
    assertThat(get(200, item).header("ETag")).hasValue(tag);
    send(412, write.header("If-Match", "\"x\""));
    send(method.equals("DELETE") ? 204 : 200, write.header("If-Match", tag));
  }

  @Test
  default void create_needsNoIfMatch_whereChangesDo() {
    String item = GUARDED + "/" + UUID.randomUUID();
    Request create = Request.json("PUT", item, "{}").header("If-None-Match", "*");
    send(201, create);
    send(412, create);
    send(428, Request.json("PUT", item, "{}"));
    send(
        428,
        Request.of("PATCH", item).body("application/merge-patch+json", "{}").header("Prefer", "x"));
  }

  private String created(String resource, String json) {
    Answer created = post(201, resource, json);
    return resource + "/" + created.member("id").text().orElseThrow();
  }
}

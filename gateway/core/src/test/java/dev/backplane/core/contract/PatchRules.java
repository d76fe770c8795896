package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PATCH with a JSON Merge Patch (RFC 7396). */
interface PatchRules extends HttpRules {
  /** The examples of RFC 7396, appendix A, one level down, as an item is always an object. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":"b"}            ! {"a":"c"}                    ! {"a":"c"}
          {"a":"b"}            ! {"b":"c"}                    ! {"a":"b","b":"c"}
          {"a":"b"}            ! {"a":null}                   ! {}
          {"a":"b","b":"c"}    ! {"a":null}                   ! {"b":"c"}
          {"a":["b"]}          ! {"a":"c"}                    ! {"a":"c"}
          {"a":"c"}            ! {"a":["b"]}                  ! {"a":["b"]}
          {"a":{"b":"c"}}      ! {"a":{"b":"d","c":null}}     ! {"a":{"b":"d"}}
          {"a":[{"b":"c"}]}    ! {"a":[1]}                    ! {"a":[1]}
          ["a","b"]            ! ["c","d"]                    ! ["c","d"]
          {"a":"b"}            ! ["c"]                        ! ["c"]
          {"a":"foo"}          ! "bar"                        ! "bar"
          {"e":null}           ! {"a":1}                      ! {"e":null,"a":1}
          [1,2]                ! {"a":"b","c":null}           ! {"a":"b"}
          {}                   ! {"a":{"bb":{"ccc":null}}}    ! {"a":{"bb":{}}}
          {"a":[1,null]}       ! {"a":[null,{"b":null}]}      ! {"a":[null,{"b":null}]}
          """)
  default void patch_isAppliedAsTheRfcHasIt(String target, String patch, String result) {
    String item = create("{\"id\": \"a\", \"t\": " + target + "}");
    Answer patched = patch(200, item, "{\"t\": " + patch + "}");
    assertThat(patched.member("t")).isEqualTo(HttpRules.json(result));
    Answer read = get(200, item);
    assertThat(read.json())
        .isEqualTo(patched.json())
        .isEqualTo(HttpRules.json("{\"id\": \"a\", \"t\": " + result + "}"));
    assertThat(read.header("ETag")).isEqualTo(patched.header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/merge-patch+json", "application/json; charset=utf-8"})
  default void patch_mergesTopLevelMembers_alsoAsPlainJson(String type) {
    String item = create("{\"id\": \"a\", \"keep\": 1.10, \"drop\": 1, \"change\": 1}");
    String patch = "{\"drop\": null, \"change\": 2, \"none\": null, \"new\": \"ü\"}";
    assertThat(send(200, Request.of("PATCH", item).body(type, patch)).json())
        .isEqualTo(
            HttpRules.json("{\"id\": \"a\", \"keep\": 1.10, \"change\": 2, \"new\": \"ü\"}"));
  }

  @Test
  default void emptyPatch_changesNothing() {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    assertThat(patch(200, item, "{}").json()).isEqualTo(get(200, item).json());
    assertThat(get(200, item).json()).isEqualTo(HttpRules.json("{\"id\": \"a\", \"n\": 1}"));
  }

  @Test
  default void patch_is404_andCreatesNothing_whenThereIsNoSuchItem() {
    patch(404, THINGS + "/none", "{\"n\": 1}");
    assertThat(get(200, THINGS).items()).isEmpty();
  }

  @Test
  default void patchOfAnItemThatWasPutWithoutAnId_keepsTheId() {
    String item = create("{\"id\": \"a\"}");
    put(200, item, "{\"n\": 1}");
    patch(200, item, "{\"n\": 2}");
    patch(200, item, "{\"id\": \"a\", \"m\": 3}");
    assertThat(get(200, item).json())
        .isEqualTo(HttpRules.json("{\"id\": \"a\", \"n\": 2, \"m\": 3}"));
  }
}

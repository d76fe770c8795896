package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PATCH with a JSON Patch (RFC 6902). */
interface JsonPatchRules extends HttpRules {
  /** Patches with a JSON Patch. */
  default Answer jsonPatch(int status, String target, String operations) {
    return send(
        status, Request.of("PATCH", target).body("application/json-patch+json", operations));
  }

  @Test
  default void jsonPatch_appliesEveryOperationInOrder() {
    String item = create("{\"id\": \"a\", \"list\": [1, 3], \"a/b\": {\"m~n\": 1.10}, \"x\": 0}");
    Answer patched =
        jsonPatch(
            200,
            item,
            """
            [{"op": "test", "path": "/a~1b/m~0n", "value": 1.1},
             {"op": "add", "path": "/list/1", "value": 2},
             {"op": "add", "path": "/list/-", "value": 12345678901234567890123456789012345678},
             {"op": "copy", "from": "/list", "path": "/copy"},
             {"op": "move", "from": "/x", "path": "/y"},
             {"op": "replace", "path": "/y", "value": null},
             {"op": "remove", "path": "/list/0"}]
            """);
    assertThat(patched.json())
        .isEqualTo(
            HttpRules.json(
                """
                {"id": "a", "list": [2, 3, 12345678901234567890123456789012345678],
                 "copy": [1, 2, 3, 12345678901234567890123456789012345678],
                 "a/b": {"m~n": 1.10}, "y": null}
                """));
    assertThat(get(200, item).json()).isEqualTo(patched.json());
    assertThat(get(200, item).header("ETag")).isEqualTo(patched.header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'test', 'path': '/n', 'value': 2}",
        "{'op': 'test', 'path': '/n', 'value': '1'}",
        "{'op': 'test', 'path': '/none', 'value': null}",
        "{'op': 'remove', 'path': '/none'}",
        "{'op': 'replace', 'path': '/none', 'value': 1}",
        "{'op': 'add', 'path': '/none/x', 'value': 1}",
        "{'op': 'add', 'path': '/n/x', 'value': 1}",
        "{'op': 'add', 'path': '/list/4', 'value': 1}",
        "{'op': 'add', 'path': '/list/01', 'value': 1}",
        "{'op': 'replace', 'path': '/list/-', 'value': 1}",
        "{'op': 'remove', 'path': '/list/3'}",
        "{'op': 'copy', 'from': '/none', 'path': '/x'}",
        "{'op': 'move', 'from': '/none', 'path': '/x'}"
      })
  default void jsonPatchThatDoesNotFitTheItem_is409_andChangesNothing(String operation) {
    String item = create("{\"id\": \"a\", \"n\": 1, \"list\": [1, 2, 3]}");
    String tag = get(200, item).need("ETag");
    String first = "{\"op\": \"add\", \"path\": \"/m\", \"value\": 1}, ";
    jsonPatch(409, item, "[" + first + operation.replace('\'', '"') + "]");
    assertThat(get(200, item).header("ETag")).hasValue(tag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'op': 'remove', 'path': '/n'}",
        "[1]",
        "[{}]",
        "[{'op': 'ADD', 'path': '/x', 'value': 1}]",
        "[{'op': 'add', 'path': '/x'}]",
        "[{'op': 'add', 'value': 1}]",
        "[{'op': 'add', 'path': 'x', 'value': 1}]",
        "[{'op': 'add', 'path': '/~2', 'value': 1}]",
        "[{'op': 'add', 'path': 1, 'value': 1}]",
        "[{'op': 'copy', 'path': '/x'}]",
        "[{'op': 'move', 'from': '/list', 'path': '/list/0'}]"
      })
  default void noJsonPatch_is400(String document) {
    String item = create("{\"id\": \"a\", \"n\": 1, \"list\": [1]}");
    String tag = get(200, item).need("ETag");
    jsonPatch(400, item, document.replace('\'', '"'));
    assertThat(get(200, item).header("ETag")).hasValue(tag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'op': 'replace', 'path': '', 'value': [1]}]",
        "[{'op': 'remove', 'path': ''}]",
        "[{'op': 'replace', 'path': '/id', 'value': 'b'}]",
        "[{'op': 'remove', 'path': '/id'}]"
      })
  default void jsonPatchThatLeavesNoSuchItem_is422(String document) {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    jsonPatch(422, item, document.replace('\'', '"'));
    assertThat(get(200, THINGS).json()).isEqualTo(HttpRules.json("[{\"id\": \"a\", \"n\": 1}]"));
  }

  @ParameterizedTest
  @CsvSource({"/a, /b", "'', /b"})
  default void copiesOfCopies_are422_beforeTheyFillTheMemory(String from, String path) {
    String item = create("{\"id\": \"a\", \"a\": [\"0123456789\"]}");
    String copy = "{\"op\": \"copy\", \"from\": \"%s\", \"path\": \"%s\"}".formatted(from, path);
    String grow = "{\"op\": \"copy\", \"from\": \"/a\", \"path\": \"/a/-\"}";
    jsonPatch(422, item, "[" + (copy + ", " + grow + ", ").repeat(400) + copy + "]");
    assertThat(get(200, item).object().members()).hasSize(2);
  }

  @Test
  default void jsonPatchWithTooManyOperations_is400() {
    String item = create("{\"id\": \"a\"}");
    String test = "{\"op\":\"test\",\"path\":\"/id\",\"value\":\"a\"}";
    jsonPatch(200, item, "[" + (test + ",").repeat(999) + test + "]");
    jsonPatch(400, item, "[" + (test + ",").repeat(1000) + test + "]");
  }

  @Test
  default void jsonPatch_is404_orTested_likeAnyPatch() {
    jsonPatch(404, THINGS + "/none", "[]");
    String item = create("{\"id\": \"a\"}");
    String tag = get(200, item).need("ETag");
    Request patch =
        Request.of("PATCH", item)
            .body(
                "application/json-patch+json; charset=utf-8",
                "[{\"op\": \"add\", \"path\": \"/n\", \"value\": 1}]");
    send(412, patch.header("If-Match", "\"x\""));
    send(200, patch.header("If-Match", tag));
    send(412, patch.header("If-Match", tag));
  }
}

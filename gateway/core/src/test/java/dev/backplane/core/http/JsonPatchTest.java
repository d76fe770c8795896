package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPatchTest {
  private static final int MAX_COPIED = 10_000;

  /**
   * The cases of the json-patch-tests project (npm json-patch-test-suite 1.1.0, Apache License 2.0)
   * that it does not disable; two of those, whose JSON has a name twice, are not in the files.
   */
  static Stream<Arguments> suite() throws IOException {
    Stream.Builder<Arguments> cases = Stream.builder();
    for (String name : new String[] {"json-patch-tests.json", "json-patch-spec-tests.json"}) {
      try (InputStream file = JsonPatchTest.class.getResourceAsStream(name)) {
        JsonArray array = (JsonArray) Json.CODEC.read(file.readAllBytes());
        array.elements().stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.get("disabled").isEmpty())
            .forEach(each ->
                cases.add(
                    Arguments.argumentSet(
                        each.get("comment")
                            .or(() -> each.get("error"))
                            .or(() -> each.get("patch"))
                            .map(Object::toString)
                            .orElse(name),
                        each)));
      }
    }
    return cases.build();
  }

  @Test
  void suite_isThere() throws IOException {
    assertThat(suite()).hasSize(91);
  }

  @ParameterizedTest
  @MethodSource("suite")
  void apply_whenGivenTheSuite_givesItsResults(JsonObject example) {
    JsonValue document = example.get("doc").orElseThrow();
    JsonValue patch = example.get("patch").orElseThrow();
    if (example.get("error").isPresent()) {
      assertThat(refusal(document, patch).status()).isIn(400, 409);
      return;
    }
    assertThat(apply(document, patch)).isEqualTo(example.get("expected").orElse(document));
  }

  @Test
  void apply_whenItFails_leavesTheTargetAsItWas() {
    JsonValue target = json("{'a': {'b': [1]}}");
    JsonValue patch =
        json("[{'op': 'remove', 'path': '/a/b/0'}, {'op': 'test', 'path': '', 'value': 1}]");
    assertThat(refusal(target, patch).detail()).contains("Operation 2 ").contains("test");
    assertThat(target).isEqualTo(json("{'a': {'b': [1]}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'copy', 'from': '/a', 'path': '/a/-'}",
        "{'op': 'copy', 'from': '', 'path': '/b'}"
      })
  void apply_whenCopiesDouble_isRefusedInTime(String copy) {
    JsonValue patch = json("[" + (copy + ", ").repeat(999) + copy + "]");
    assertThat(refusal(json("{'a': ['x']}"), patch).status()).isEqualTo(422);
  }

  @Test
  void apply_whenItNestsTooDeep_isRefused() {
    String move =
        "{'op': 'move', 'from': '/a', 'path': '/b'}, {'op': 'add', 'path': '/a', 'value': {}},"
            + " {'op': 'move', 'from': '/b', 'path': '/a/c'}";
    JsonValue fits = json("[" + (move + ", ").repeat(97) + move + "]");
    assertThat(apply(json("{'a': 1}"), fits)).isInstanceOf(JsonObject.class);
    JsonValue tooDeep = json("[" + (move + ", ").repeat(300) + move + "]");
    assertThat(refusal(json("{'a': 1}"), tooDeep).status()).isEqualTo(422);
  }

  @Test
  void parse_whenAPointerIsDeeperThanAnyItem_isRefused() {
    JsonValue patch = json("[{'op': 'remove', 'path': '" + "/a".repeat(102) + "'}]");
    assertThat(refusal(json("{}"), patch).status()).isEqualTo(400);
  }

  @Test
  void reads_namesWhatIsTestedCopiedAndMoved() {
    JsonValue patch =
        json(
            "[{'op': 'test', 'path': '/a', 'value': 1}, {'op': 'copy', 'from': '/b', 'path': '/x'},"
                + " {'op': 'move', 'from': '/c', 'path': '/y'}, {'op': 'remove', 'path': '/z'}]");
    assertThat(JsonPatch.parse(patch, MAX_COPIED).reads())
        .containsExactly(
            JsonPointer.parse("/a").orElseThrow(),
            JsonPointer.parse("/b").orElseThrow(),
            JsonPointer.parse("/c").orElseThrow());
  }

  /** The examples of RFC 6901, section 5. */
  @Test
  void pointer_isUnescaped_onceAndInTheRightOrder() {
    assertThat(JsonPointer.parse("").orElseThrow().tokens()).isEmpty();
    assertThat(JsonPointer.parse("/foo/0").orElseThrow().tokens()).containsExactly("foo", "0");
    assertThat(JsonPointer.parse("/").orElseThrow().tokens()).containsExactly("");
    assertThat(JsonPointer.parse("/a~1b/m~0n").orElseThrow().tokens())
        .containsExactly("a/b", "m~n");
    assertThat(JsonPointer.parse("/~01/ /").orElseThrow().tokens()).containsExactly("~1", " ", "");
    for (String none : new String[] {"a", "#/a", "/~", "/~2", "/a~", "~0"}) {
      assertThat(JsonPointer.parse(none)).as(none).isEqualTo(Optional.empty());
    }
  }

  private static JsonValue apply(JsonValue document, JsonValue patch) {
    return JsonPatch.parse(patch, MAX_COPIED).apply(document);
  }

  private static HttpProblem refusal(JsonValue document, JsonValue patch) {
    return catchThrowableOfType(HttpProblem.class, () -> apply(document, patch));
  }

  private static JsonValue json(String text) {
    return Json.CODEC.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}

package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.fuzz.Corpus;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Fuzz target: a patch makes of an item what its RFC says, or is refused. An input is the item in
 * one line, and behind it the patch: an array is a JSON Patch, an object a merge patch.
 */
class PatchFuzzTest {
  private static final int MOST_COPIED = 10_000;

  @Test
  void corpus_whenReplayed_holds() {
    Corpus.replay(PatchFuzzTest.class, PatchFuzzTest::fuzzerTestOneInput);
  }

  /** Takes an input of the fuzzer, which finds this by its name. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
    if (parts.length < 2 || !(json(parts[0]).orElse(null) instanceof JsonObject item)) {
      return;
    }
    Optional<JsonValue> patch = json(parts[1]);
    if (patch.isPresent() && patch.get() instanceof JsonObject merge) {
      assertThat(MergePatch.apply(item, merge)).isEqualTo(PatchOracle.merge(item, merge));
    } else if (patch.isPresent()) {
      patch(item, patch.get());
    }
  }

  private static void patch(JsonObject item, JsonValue document) {
    JsonPatch patch;
    try {
      patch = JsonPatch.parse(document, MOST_COPIED);
    } catch (HttpProblem malformed) {
      assertThat(malformed.status()).isEqualTo(400);
      assertThat(malformed.detail()).isNotBlank().hasSizeLessThan(200);
      return;
    }
    patch.reads().forEach(read -> assertThat(read.tokens().size()).isLessThanOrEqualTo(101));
    Optional<JsonValue> expected = PatchOracle.patch(item, (JsonArray) document);
    try {
      assertThat(Optional.of(patch.apply(item))).isEqualTo(expected);
    } catch (HttpProblem unfit) {
      assertThat(unfit.status()).isIn(409, 422);
      // what is too large for the gateway is not for the oracle
      assertThat(unfit.status() == 422 || expected.isEmpty()).isTrue();
    }
  }

  private static Optional<JsonValue> json(String text) {
    try {
      return Optional.of(Json.CODEC.read(text.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonException noJson) {
      return Optional.empty();
    }
  }
}

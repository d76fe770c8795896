package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.fuzz.Corpus;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonValue;
import org.junit.jupiter.api.Test;

/**
 * Fuzz target: a text is JSON for the gateway when it is by RFC 8259 and within bounds, and then it
 * means the same, also when it is written and read again. An input is the text.
 */
class JsonFuzzTest {
  @Test
  void corpus_whenReplayed_holds() {
    Corpus.replay(JsonFuzzTest.class, JsonFuzzTest::fuzzerTestOneInput);
  }

  /** Takes an input of the fuzzer, which finds this by its name. */
  public static void fuzzerTestOneInput(byte[] input) {
    JsonValue value;
    try {
      value = Json.CODEC.read(input);
    } catch (JsonException refused) {
      assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(200);
      assertThat(JsonOracle.read(input)).isEmpty();
      return;
    }
    assertThat(JsonOracle.read(input)).contains(value);
    byte[] written = Json.CODEC.write(value);
    JsonValue again = Json.CODEC.read(written);
    assertThat(again).isEqualTo(value);
    assertThat(Json.CODEC.write(again)).isEqualTo(written);
  }
}

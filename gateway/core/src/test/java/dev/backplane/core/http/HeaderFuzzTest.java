package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.fuzz.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Fuzz target: a header is read or refused, whichever it is, and so is a percent-encoded text. An
 * input is taken for each of them.
 */
class HeaderFuzzTest {
  @Test
  void corpus_whenReplayed_holds() {
    Corpus.replay(HeaderFuzzTest.class, HeaderFuzzTest::fuzzerTestOneInput);
  }

  /** Takes an input of the fuzzer, which finds this by its name. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Accept.namesJson(Optional.of(text));
    Preferences preferences = Preferences.parse(Optional.of(text));
    assertThat(preferences.header()).isEmpty();
    preferences.value("return").ifPresent(value -> assertThat(text).contains(value));
    readOrRefused(text, HeaderFuzzTest::conditions);
    readOrRefused(text, HeaderFuzzTest::key);
    readOrRefused(text, raw -> assertEncodes(UriText.decodeSegment(raw)));
    readOrRefused(text, raw -> assertEncodes(UriText.decodeQuery(raw)));
    assertEncodes(text);
  }

  private static void conditions(String header) {
    Conditions read = Conditions.parse("If-Match", header);
    assertThat(read.any()).isEqualTo(header.strip().equals("*"));
    assertThat(read.strong().size() + read.weak().size() > 0).isNotEqualTo(read.any());
    read.strong().forEach(tag -> assertThat(header).contains('"' + tag + '"'));
    read.weak().forEach(tag -> assertThat(header).contains("W/\"" + tag + '"'));
  }

  private static void key(String header) {
    assertThat(IdempotencyKey.parse(header)).isNotEmpty().hasSizeLessThan(256).matches("[ -~]+");
  }

  private static void assertEncodes(String text) {
    String encoded = UriText.encode(text);
    assertThat(encoded).matches("[!-~]*+");
    assertThat(UriText.decodeSegment(encoded)).isEqualTo(text);
    assertThat(UriText.decodeQuery(encoded)).isEqualTo(text);
  }

  private static void readOrRefused(String text, Consumer<String> reader) {
    try {
      reader.accept(text);
    } catch (HttpProblem problem) {
      assertThat(problem.status()).isEqualTo(400);
      assertThat(problem.detail()).isNotBlank().hasSizeLessThan(300);
    }
  }
}

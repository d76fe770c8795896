package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a b", "100%", "ü-漢-😀", "%2F", "a;b", "a+b", "a&b=c#d?e", "{|}"})
  void decode_whenEncoded_givesTheSameText(String text) {
    String encoded = UriText.encode(text);

    assertThat(encoded).matches("[A-Za-z0-9%._~!$'()*,:@-]*");
    assertThat(UriText.decodeSegment(encoded)).isEqualTo(text);
    assertThat(UriText.decodeQuery(encoded)).isEqualTo(text);
  }

  @Test
  void decode_whenPlus_isASpaceInAQueryOnly() {
    assertThat(UriText.decodeQuery("a+b")).isEqualTo("a b");
    assertThat(UriText.decodeSegment("a+b")).isEqualTo("a+b");
  }

  @Test
  void decode_whenEncodedTwice_decodesOnce() {
    assertThat(UriText.decodeSegment("%252F")).isEqualTo("%2F");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "a%zz", "%C3", "%ED%A0%80", "%FF", "%+1"})
  void decode_whenMalformed_isABadRequest(String raw) {
    assertThatThrownBy(() -> UriText.decodeSegment(raw))
        .isInstanceOfSatisfying(
            HttpProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }
}

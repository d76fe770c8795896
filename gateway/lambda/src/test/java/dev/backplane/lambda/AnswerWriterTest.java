package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerWriterTest {
  @Test
  void write_whenFormat1_keepsEveryValueOfEveryHeader() {
    assertThat(write(answer("{\"a\":\"ü\"}"), Event.Format.V1))
        .isEqualTo(
            "{\"statusCode\":201,\"multiValueHeaders\":{\"Vary\":[\"Origin\",\"Accept\"],"
                + "\"Set-Cookie\":[\"a=1\",\"b=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT\"]},"
                + "\"body\":\"{\\\"a\\\":\\\"ü\\\"}\",\"isBase64Encoded\":false}");
  }

  @Test
  void write_whenFormat2_joinsHeadersAndKeepsCookiesApart() {
    assertThat(write(answer("x"), Event.Format.V2))
        .isEqualTo(
            "{\"statusCode\":201,\"headers\":{\"Vary\":\"Origin, Accept\"},"
                + "\"cookies\":[\"a=1\",\"b=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT\"],"
                + "\"body\":\"x\",\"isBase64Encoded\":false}");
  }

  @ParameterizedTest
  @EnumSource
  void write_whenBodyIsBinary_usesBase64(Event.Format format) {
    assertThat(write(new Answer(200, Map.of(), new byte[] {0, -1, -2}), format))
        .contains("\"body\":\"AP/+\",\"isBase64Encoded\":true");
  }

  @Test
  void write_whenLoadBalancer_putsCookiesUnderNamesThatDifferInCase() {
    assertThat(write(answer("x"), Event.Format.ALB))
        .isEqualTo(
            "{\"statusCode\":201,\"statusDescription\":\"201 Created\","
                + "\"headers\":{\"Vary\":\"Origin, Accept\",\"Set-Cookie\":\"a=1\","
                + "\"set-Cookie\":\"b=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT\"},"
                + "\"body\":\"x\",\"isBase64Encoded\":false}");
  }

  @Test
  void write_whenLoadBalancerHasManyCookies_losesNone() {
    List<String> cookies = IntStream.range(0, 300).mapToObj(i -> "c" + i + "=1").toList();
    Answer many = new Answer(204, Map.of("Set-Cookie", cookies), new byte[0]);
    assertThat(EventKind.ALB.answer(write(many, Event.Format.ALB)).headers().get("Set-Cookie"))
        .isEqualTo(cookies);
  }

  @Test
  void write_whenLoadBalancerTakesMultipleValues_keepsEveryValueOfEveryHeader() {
    assertThat(write(answer("x"), Event.Format.ALB_MULTI_VALUE))
        .isEqualTo(
            "{\"statusCode\":201,\"statusDescription\":\"201 Created\","
                + "\"multiValueHeaders\":{\"Vary\":[\"Origin\",\"Accept\"],"
                + "\"Set-Cookie\":[\"a=1\",\"b=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT\"]},"
                + "\"body\":\"x\",\"isBase64Encoded\":false}");
  }

  @ParameterizedTest
  @CsvSource({"V1, 6291456", "V2, 6291456", "ALB, 1000000", "ALB_MULTI_VALUE, 1000000"})
  void write_whenAnswerIsAsLargeAsMayBe_writesIt_andNoByteMore(Event.Format format, int most) {
    int rest = write(new Answer(200, Map.of(), new byte[0]), format).length();
    Answer largest = new Answer(200, Map.of(), letters(most - rest));
    assertThat(AnswerWriter.write(largest, format))
        .hasValueSatisfying(json -> assertThat(json).hasSize(most));
    Answer larger = new Answer(200, Map.of(), letters(most - rest + 1));
    assertThat(AnswerWriter.write(larger, format)).isEmpty();
  }

  @Test
  void write_whenQuotingMakesItTooLarge_isEmpty() {
    byte[] quotes = new byte[4 * 1024 * 1024];
    Arrays.fill(quotes, (byte) '"');
    assertThat(AnswerWriter.write(new Answer(200, Map.of(), quotes), Event.Format.V2)).isEmpty();
  }

  private static byte[] letters(int count) {
    byte[] letters = new byte[count];
    Arrays.fill(letters, (byte) 'a');
    return letters;
  }

  private static Answer answer(String body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Vary", List.of("Origin", "Accept"));
    headers.put("Set-Cookie", List.of("a=1", "b=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT"));
    return new Answer(201, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String write(Answer answer, Event.Format format) {
    return new String(AnswerWriter.write(answer, format).orElseThrow(), StandardCharsets.UTF_8);
  }
}

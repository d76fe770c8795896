package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

  @Test
  void write_whenBodyIsBinary_usesBase64() {
    assertThat(write(new Answer(200, Map.of(), new byte[] {0, -1, -2}), Event.Format.V2))
        .contains("\"body\":\"AP/+\",\"isBase64Encoded\":true");
  }

  @Test
  void write_whenAnswerIsAsLargeAsMayBe_writesIt() {
    int rest = write(new Answer(200, Map.of(), new byte[0]), Event.Format.V1).length();
    byte[] body = letters(AnswerWriter.MAX_SIZE - rest);
    assertThat(AnswerWriter.write(new Answer(200, Map.of(), body), Event.Format.V1))
        .hasValueSatisfying(json -> assertThat(json).hasSize(AnswerWriter.MAX_SIZE));
  }

  @Test
  void write_whenAnswerIsLargerByOneByte_isEmpty() {
    int rest = write(new Answer(200, Map.of(), new byte[0]), Event.Format.V1).length();
    byte[] body = letters(AnswerWriter.MAX_SIZE - rest + 1);
    assertThat(AnswerWriter.write(new Answer(200, Map.of(), body), Event.Format.V1)).isEmpty();
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

package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  private static final byte[] BODY = "text ".repeat(1_000).getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br, GZIP ; q=0.5", "deflate,gzip", "gzip;q=1, *;q=0"})
  void smaller_whenTheClientTakesGzip_isTheSameCompressed(String accepted) throws Exception {
    Answer answer =
        new Answer(201, Map.of("vary", List.of("Origin"), "ETag", List.of("\"1\"")), BODY);
    Answer smaller = Compression.smaller(answer, event(EventKind.ALB, accepted)).orElseThrow();
    assertThat(smaller.status()).isEqualTo(201);
    assertThat(smaller.headers())
        .isEqualTo(
            Map.of(
                "Vary", List.of("Origin", "Accept-Encoding"),
                "ETag", List.of("\"1\""),
                "Content-Encoding", List.of("gzip")));
    assertThat(smaller.body()).hasSizeLessThan(200);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(smaller.body())).readAllBytes())
        .isEqualTo(BODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "br", "identity", "gzip;q=0", "gzip; q=0.000", "gzipped"})
  void smaller_whenTheClientDoesNot_isNothing(String accepted) throws Exception {
    Answer answer = new Answer(200, Map.of(), BODY);
    assertThat(Compression.smaller(answer, event(EventKind.ALB, accepted))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void smaller_whenBase64MightReachTheClient_isNothing(EventKind kind) throws Exception {
    Answer answer = new Answer(200, Map.of(), BODY);
    boolean mayStay = kind == EventKind.REST_API || kind == EventKind.HTTP_API_1_0;
    assertThat(Compression.smaller(answer, event(kind, "gzip")).isEmpty()).isEqualTo(mayStay);
  }

  @Test
  void smaller_whenItWouldTakeLong_isNothing() throws Exception {
    Answer answer = new Answer(200, Map.of(), new byte[16 * 1024 * 1024 + 1]);
    assertThat(Compression.smaller(answer, event(EventKind.HTTP_API, "gzip"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ALB", "ALB_MULTI_VALUE", "HTTP_API", "FUNCTION_URL"})
  void handle_whenOnlyTheCompressedAnswerFits_returnsThat(EventKind kind) throws IOException {
    byte[] body = "text ".repeat(1_300_000).getBytes(StandardCharsets.UTF_8);
    Container container =
        new Container(config -> config.routes.get("/", ctx -> ctx.result(body)), "");
    String event = kind.event(ClientRequest.get("/").with("Accept-Encoding", "gzip"));
    byte[] json =
        container.handle(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
            new TestContext(60_000));
    ClientAnswer answer = kind.answer(new String(json, StandardCharsets.UTF_8));
    assertThat(answer.header("Content-Encoding")).contains("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
        .isEqualTo(body);
  }

  private static Event event(EventKind kind, String accepted) throws EventException {
    String json = kind.event(ClientRequest.get("/").with("Accept-Encoding", accepted));
    return new EventReader("")
        .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}

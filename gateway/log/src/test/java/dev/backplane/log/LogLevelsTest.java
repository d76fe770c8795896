package dev.backplane.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class LogLevelsTest {
  private static final String OURS = "dev.backplane.core.http.HttpApi";

  @ParameterizedTest
  @CsvSource({"error,ERROR", "WARN,WARN", "info,INFO", "Debug,DEBUG", "trace,TRACE", "FATAL,ERROR"})
  void of_isWhatTheEnvironmentSays(String value, Level level) {
    assertThat(new LogLevels(Map.of("BACKPLANE_LOG_LEVEL", value)).of(OURS)).isEqualTo(level);
    assertThat(new LogLevels(Map.of("AWS_LAMBDA_LOG_LEVEL", value)).of(OURS)).isEqualTo(level);
  }

  @Test
  void of_whenBothAreSet_takesOurs() {
    Map<String, String> both =
        Map.of("BACKPLANE_LOG_LEVEL", "error", "AWS_LAMBDA_LOG_LEVEL", "debug");
    assertThat(new LogLevels(both).of(OURS)).isEqualTo(Level.ERROR);
  }

  @Test
  void of_whenNothingIsSaid_isInfo() {
    assertThat(new LogLevels(Map.of()).of(OURS)).isEqualTo(Level.INFO);
    assertThat(new LogLevels(Map.of()).mistake()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "software.amazon.awssdk.request",
    "org.apache.hc.client5.http.wire",
    "com.amazonaws.serverless.proxy.X",
    "io.javalin.Javalin"
  })
  void of_whenALibraryWouldTellSecrets_neverGoesBelowWarn(String logger) {
    assertThat(new LogLevels(Map.of("BACKPLANE_LOG_LEVEL", "trace")).of(logger))
        .isEqualTo(Level.WARN);
    assertThat(new LogLevels(Map.of("BACKPLANE_LOG_LEVEL", "error")).of(logger))
        .isEqualTo(Level.ERROR);
  }

  @Test
  void of_whenTheLevelIsUnknown_isInfoAndSaysSo() {
    LogLevels levels = new LogLevels(Map.of("BACKPLANE_LOG_LEVEL", "verbose"));
    assertThat(levels.of(OURS)).isEqualTo(Level.INFO);
    assertThat(levels.mistake())
        .hasValue(
            "BACKPLANE_LOG_LEVEL is \"verbose\" and may be error, warn, info, debug or trace;"
                + " it counts as info.");
  }
}

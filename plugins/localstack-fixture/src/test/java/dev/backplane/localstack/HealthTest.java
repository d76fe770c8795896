package dev.backplane.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Health HEALTH =
      new Health(
          """
          {"services": {"dynamodb": "running", "s3": "available", "sqs": "disabled"},
           "edition": "community", "version": "4.14.0"}\
          """);

  @Test
  void versionWith_whenTheServicesAreThere_isTheVersion() throws IOException {
    assertThat(HEALTH.versionWith(List.of("dynamodb", "s3"))).isEqualTo("4.14.0");
  }

  @Test
  void versionWith_whenAServiceIsMissing_fails() {
    assertThatThrownBy(() -> HEALTH.versionWith(List.of("dynamodb", "sqs")))
        .hasMessageContaining("no sqs");
    assertThatThrownBy(() -> HEALTH.versionWith(List.of("db"))).hasMessageContaining("no db");
  }

  @Test
  void versionWith_whenAnotherAnswers_fails() {
    assertThatThrownBy(() -> new Health("{}").versionWith(List.of()))
        .hasMessageContaining("not LocalStack");
  }
}

package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.StoreException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
  @ParameterizedTest
  @CsvSource({
    "INVALID, 400",
    "UNSUPPORTED, 400",
    "CONFLICT, 409",
    "UNAVAILABLE, 502",
    "THROTTLED, 503",
    "TIMEOUT, 504"
  })
  void problem_ofAStoreThatFails_hasItsMessageAndNotItsCause(
      StoreException.Reason reason, int status) {
    StoreException failure =
        new StoreException(reason, "What helps the client.", new IllegalStateException("secret"));
    HttpProblem problem = Failures.problem("id", failure);
    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.detail()).isEqualTo("What helps the client.");
    assertThat(problem.headers().containsKey("Retry-After")).isEqualTo(status == 503);
  }

  @Test
  void problem_ofAStoreThatNamesFields_hasThemAsErrors() {
    List<String> fields = List.of("email", "name");
    StoreException invalid = new StoreException(StoreException.Reason.INVALID, "Not so.");
    HttpProblem problem = Failures.problem("id", invalid.about(fields));
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.body().get("errors"))
        .contains(
            JsonObject.of("email", new JsonString("Not so."))
                .with("name", new JsonString("Not so.")));
    StoreException taken = new StoreException(StoreException.Reason.CONFLICT, "Taken.");
    HttpProblem conflict = Failures.problem("id", taken.about(fields));
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.body().get("errors")).isPresent();
    assertThat(Failures.problem("id", taken).body().get("errors")).isEmpty();
  }

  @Test
  void problem_ofADefect_saysNothingOfIt() {
    HttpProblem problem =
        Failures.problem("id", new IllegalStateException("table users has no key at Some.java:7"));
    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.body().toString())
        .doesNotContain("users", "Some.java", "IllegalState", "Exception");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 503})
  void problem_thatIsOneAlready_isTheSame(int status) {
    HttpProblem problem = new HttpProblem(status, "As it is.");
    assertThat(Failures.problem("id", problem)).isSameAs(problem);
  }
}

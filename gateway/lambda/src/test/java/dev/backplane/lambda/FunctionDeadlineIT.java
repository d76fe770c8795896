package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plugin that never answers, in AWS's own runtime client. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FunctionDeadlineIT {
  /** So short that half a second before it is almost now. */
  private static final long SHORT = 650;

  private static final long LONG = 60_000;

  @TempDir static Path folder;
  private static FunctionUnderTest function;

  @BeforeAll
  static void start() throws IOException {
    function = FunctionUnderTest.start(folder, StuckService.class, "things", "stuck");
    assertThat(send(EventKind.HTTP_API, "/api/ping", LONG).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    if (function != null) {
      function.close();
    }
  }

  @Order(1)
  @ParameterizedTest
  @EnumSource
  void get_whenStoreIsSlow_answers504BeforeTheTimeoutAndTheNextRequestIsServed(EventKind kind)
      throws InterruptedException {
    int before = function.log().size();
    long timeout = 1_500;
    long start = System.nanoTime();
    ClientAnswer late = send(kind, "/api/things/slow-" + kind, timeout);
    assertThat((System.nanoTime() - start) / 1_000_000).isBetween(timeout - 600, timeout);
    assertThat(late.status()).isEqualTo(504);
    assertThat(late.header("Content-Type")).contains("application/problem+json");
    assertThat(late.json().get("instance").asString()).isEqualTo("/api/things/slow-" + kind);
    assertThat(send(kind, "/api/things/none", LONG).status()).isEqualTo(404);
    function.awaitLog("interrupted at slow-" + kind);
    List<String> log = function.log();
    assertThat(log.subList(before, log.size()))
        .filteredOn(line -> line.contains("\"logger\":\"Container\""))
        .singleElement(as(STRING))
        .contains("\"level\":\"ERROR\"", "GET was cut off", "StuckService.java:");
    // who it was is in the request's own line
    assertThat(log.subList(before, log.size()))
        .filteredOn(line -> line.contains("\"status\":504"))
        .singleElement(as(STRING))
        .contains("\"resource\":\"things\"", "\"service\":\"stuck\"", "\"storeCalls\":1");
  }

  @Order(2) // as it ends the function
  @Test
  void get_whenStoreIgnoresInterrupts_answers504UntilLambdaHasToStartAnother() {
    for (int i = 0; i < Workers.MOST_LEFT_BEHIND; i++) {
      assertThat(send(EventKind.REST_API, "/api/things/stubborn", SHORT).status()).isEqualTo(504);
    }
    assertThatThrownBy(
            () -> {
              while (true) { // as a request that was cut off before it came to the store is not
                // stuck
                assertThat(send(EventKind.REST_API, "/api/things/stubborn", SHORT).status())
                    .isEqualTo(504);
              }
            })
        .isInstanceOf(RuntimeApi.FunctionError.class)
        .hasMessageContaining("ignores interrupts")
        .hasMessageContaining("StuckService");
    assertThat(function.ended()).as("Lambda starts another environment").isTrue();
  }

  private static ClientAnswer send(EventKind kind, String path, long timeoutMillis) {
    return kind.answer(function.invoke(kind.event(ClientRequest.get(path)), timeoutMillis));
  }
}

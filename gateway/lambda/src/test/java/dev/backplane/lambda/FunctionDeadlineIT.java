package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plugin that never answers, in AWS's own runtime client. */
class FunctionDeadlineIT {
  /** So short that half a second before it is now. */
  private static final long SHORT = 600;

  @TempDir Path folder;
  private FunctionUnderTest function;

  @BeforeEach
  void start() throws IOException {
    Path root = FunctionUnderTest.unpack(folder);
    Path plugin = Files.createDirectories(root.resolve("backplane/plugins"));
    writeJar(plugin.resolve("stuck.jar"));
    Files.writeString(root.resolve("mapping.yaml"), "resources:\n  things: stuck\n");
    function = FunctionUnderTest.start(root, Map.of());
    assertThat(send(EventKind.HTTP_API, "/api/ping", 60_000).status()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    function.close();
  }

  @ParameterizedTest
  @EnumSource
  void get_whenStoreIsSlow_answers504BeforeTheTimeoutAndTheNextRequestIsServed(EventKind kind)
      throws InterruptedException {
    long timeout = 3_000;
    long start = System.nanoTime();
    ClientAnswer late = send(kind, "/api/things/slow", timeout);
    assertThat((System.nanoTime() - start) / 1_000_000).isBetween(timeout - 1_000, timeout);
    assertThat(late.status()).isEqualTo(504);
    assertThat(late.header("Content-Type")).contains("application/problem+json");
    assertThat(late.json().get("instance").asString()).isEqualTo("/api/things/slow");
    assertThat(send(kind, "/api/things/none", 60_000).status()).isEqualTo(404);
    assertThat(function.log())
        .filteredOn(line -> line.contains("was cut off"))
        .singleElement()
        .asString()
        .startsWith("ERROR Container - ")
        .contains("GET /api/things/slow", "StuckService.java:");
    function.awaitLog("the store was interrupted");
  }

  @Test
  void get_whenStoreIgnoresInterrupts_answers504UntilLambdaHasToStartAnother() {
    for (int i = 0; i < Workers.MOST_LEFT_BEHIND; i++) {
      assertThat(send(EventKind.REST_API, "/api/things/stubborn", SHORT).status()).isEqualTo(504);
      if (i % 8 == 0) {
        assertThat(send(EventKind.REST_API, "/api/things/none", 60_000).status()).isEqualTo(404);
      }
    }
    assertThatThrownBy(() -> send(EventKind.REST_API, "/api/things/none", 60_000))
        .isInstanceOf(RuntimeApi.FunctionError.class)
        .hasMessageContaining("ignores interrupts")
        .hasMessageContaining("StuckService");
    assertThat(function.ended()).as("Lambda starts another environment").isTrue();
  }

  private ClientAnswer send(EventKind kind, String path, long timeoutMillis) {
    return kind.answer(function.invoke(kind.event(ClientRequest.get(path)), timeoutMillis));
  }

  private static void writeJar(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (String type : List.of("StuckService", "StuckService$StuckStore")) {
        String name = "dev/backplane/lambda/" + type + ".class";
        jar.putNextEntry(new JarEntry(name));
        try (InputStream bytes = StuckService.class.getResourceAsStream("/" + name)) {
          bytes.transferTo(jar);
        }
      }
      jar.putNextEntry(new JarEntry("META-INF/services/dev.backplane.spi.Service"));
      jar.write(StuckService.class.getName().getBytes(StandardCharsets.UTF_8));
    }
  }
}

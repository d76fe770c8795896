package dev.backplane.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
  @TempDir Path directory;

  @Test
  void absence_whenNothingListens_namesAllThatWasTried() throws IOException {
    Path none = directory.resolve("none.sock");
    Path file = Files.createFile(directory.resolve("file.sock"));
    assertThat(new Engine(List.of(none, file)).absence())
        .hasValueSatisfying(reason ->
            assertThat(reason)
                .startsWith("no Docker engine answers at " + none + " (not there), " + file));
  }

  @Test
  void absence_whenAnEngineAnswers_isEmpty() throws IOException {
    assertThat(absenceWhereAnswerIs("HTTP/1.0 200 OK\r\n\r\nOK")).isNull();
  }

  @Test
  void absence_whenSomethingElseAnswers_saysSo() throws IOException {
    assertThat(absenceWhereAnswerIs("SSH-2.0-x\r\n")).contains("no answer of an engine");
  }

  @Test
  void usual_whenTheEnvironmentNamesASocket_triesNoOther() {
    assertThat(Engine.usual(Map.of("DOCKER_HOST", "unix:///x/y.sock"), directory).sockets())
        .containsExactly(Path.of("/x/y.sock"));
  }

  @Test
  void usual_whenTestcontainersKnowsBetter_leavesItToThat() throws IOException {
    Engine remote = Engine.usual(Map.of("DOCKER_HOST", "tcp://x:2376"), directory);
    assertThat(remote.absence()).isEmpty();
    Path settings = directory.resolve(".testcontainers.properties");
    Files.writeString(settings, "docker.host=tcp\\://x\\:2376\n");
    assertThat(Engine.usual(Map.of(), directory).sockets()).isEmpty();
    Files.writeString(settings, "docker.client.strategy=x\n");
    assertThat(Engine.usual(Map.of(), directory).sockets()).hasSizeGreaterThan(1);
  }

  private String absenceWhereAnswerIs(String answer) throws IOException {
    Path socket = directory.resolve("engine.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answer(server, answer));
      String absence = new Engine(List.of(socket)).absence().orElse(null);
      served.join();
      return absence;
    }
  }

  private static void answer(ServerSocketChannel server, String answer) {
    try (SocketChannel client = server.accept()) {
      client.read(ByteBuffer.allocate(64));
      client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that cannot be written as fast as there is something to write, or is turned over. */
@Timeout(60)
class AccessLogTest {
  @TempDir private Path directory;

  private static AccessEntry entry(String requestId) {
    return new AccessEntry(
        Instant.EPOCH,
        new AccessEntry.Sender("127.0.0.1", "", "", ""),
        "GET",
        "HTTP/1.1",
        200,
        0,
        2,
        Duration.ofMillis(1),
        requestId,
        Optional.empty());
  }

  /** Takes nothing until it is told to. */
  private static final class Stuck implements AccessLog.Destination {
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public void write(byte[] lines) throws IOException {
      entered.countDown();
      try {
        go.await();
      } catch (InterruptedException stop) {
        throw new IOException(stop);
      }
      written.writeBytes(lines);
    }

    @Override
    public void close() {}

    List<String> lines() {
      return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void add_whenTheDiskIsStuck_losesLines_andTheLogSaysHowMany() throws Exception {
    Stuck disk = new Stuck();
    AccessLog log = new AccessLog(disk, false).start();
    log.add(entry("first"));
    disk.entered.await();
    for (int i = 0; i < AccessLog.MOST_WAITING + 7; i++) {
      log.add(entry("n" + i));
    }
    assertThat(log.lost()).isEqualTo(7);
    disk.go.countDown();
    log.close();
    assertThat(disk.lines()).hasSize(1 + AccessLog.MOST_WAITING + 1);
    assertThat(disk.lines()).filteredOn(line -> line.contains("\"lost\":7")).hasSize(1);
    assertThat(disk.lines().getLast()).contains("\"requestId\":\"n" + (AccessLog.MOST_WAITING - 1));
  }

  @Test
  void close_whenTheDiskIsStuck_keepsNobody() throws Exception {
    Stuck disk = new Stuck();
    AccessLog log = new AccessLog(disk, false).start();
    log.add(entry("first"));
    disk.entered.await();
    log.close();
    assertThat(disk.lines()).isEmpty();
    disk.go.countDown();
  }

  @Test
  void write_whenTheFileIsRenamed_beginsANewOne() throws IOException {
    Path file = directory.resolve("access.log");
    try (LogFile log = LogFile.open(file.toString())) {
      write(log, "one");
      Path old = Files.move(file, directory.resolve("access.log.1"));
      write(log, "two");
      write(log, "three");
      assertThat(old).hasContent("one\n");
      assertThat(file).hasContent("two\nthree\n");
      Files.delete(file);
      write(log, "four");
      assertThat(file).hasContent("four\n");
    }
  }

  @Test
  void write_whenTheFileIsCutOff_goesOnAtItsBeginning() throws IOException {
    Path file = directory.resolve("access.log");
    try (LogFile log = LogFile.open(file.toString())) {
      write(log, "one");
      Files.writeString(file, "");
      write(log, "two");
      assertThat(file).hasContent("two\n");
    }
    try (LogFile log = LogFile.open(file.toString())) {
      write(log, "three");
      assertThat(file).hasContent("two\nthree\n");
    }
  }

  private static void write(LogFile log, String line) throws IOException {
    log.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}

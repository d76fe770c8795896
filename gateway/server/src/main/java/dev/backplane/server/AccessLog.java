package dev.backplane.server;

import dev.backplane.log.JsonLine;
import io.javalin.config.JavalinConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line about each request that the server answered, whoever in it did. One thread writes,
 * so that no request waits for a disk; where it cannot keep up, lines are lost, and both this log
 * and the server's own say how many.
 */
final class AccessLog implements RequestLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  /** About five megabytes of entries. */
  static final int MOST_WAITING = 16 * 1024;

  private static final int MOST_AT_ONCE = 1024;

  /** So many lines go to the disk together as come within this time. */
  private static final Duration TICK = Duration.ofMillis(20);

  /** How long an idle log takes to notice that it is closed. */
  private static final Duration IDLE = Duration.ofMillis(200);

  private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  /** Where lines go. */
  interface Destination extends AutoCloseable {
    /** Writes whole lines, by one thread at a time. */
    void write(byte[] lines) throws IOException;

    @Override
    void close() throws IOException;
  }

  private final BlockingQueue<AccessEntry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final Destination file;
  private final boolean anonymous;
  private final Thread writer;
  private volatile boolean ending;

  // of the writer alone
  private long told;
  private long complained = System.nanoTime() - BETWEEN_COMPLAINTS.toNanos();

  /**
   * Writes to what is open.
   *
   * @param file takes the lines, and is closed with this
   * @param anonymous whether to leave out what tells of a person
   */
  AccessLog(Destination file, boolean anonymous) {
    this.file = file;
    this.anonymous = anonymous;
    this.writer = Thread.ofPlatform().daemon().name("access-log").unstarted(this::run);
  }

  /** Logs the requests of a server. */
  void of(JavalinConfig server) {
    server.jetty.modifyServer(jetty -> RequestLogs.add(jetty, this));
  }

  /** Begins to write. Called once. */
  AccessLog start() {
    writer.start();
    return this;
  }

  /** Called by the server when an answer is complete, or has failed. */
  @Override
  public void log(Request request, Response response) {
    add(AccessEntry.of(request, response, anonymous));
  }

  /** Never waits. */
  void add(AccessEntry entry) {
    if (!waiting.offer(entry)) {
      lost.incrementAndGet();
    }
  }

  /** How many lines could not be written since the start. */
  long lost() {
    return lost.get();
  }

  private void run() {
    List<AccessEntry> batch = new ArrayList<>(MOST_AT_ONCE);
    try {
      while (!ending || !waiting.isEmpty()) {
        AccessEntry first = waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          waiting.drainTo(batch, MOST_AT_ONCE - 1);
          write(batch);
          batch.clear();
        }
        if (!ending && waiting.size() < MOST_AT_ONCE) {
          Thread.sleep(TICK);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<AccessEntry> batch) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(batch.size() * 400);
    batch.forEach(entry -> lines.writeBytes(entry.line()));
    long losses = lost.get();
    if (losses > told) {
      JsonLine line = new JsonLine(Instant.now());
      line.member("lost", losses - told);
      lines.writeBytes(line.end());
    }
    try {
      file.write(lines.toByteArray());
    } catch (IOException failure) {
      lost.addAndGet(batch.size());
      complain("cannot be written: " + failure.getMessage());
      return;
    }
    if (losses > told) {
      complain("is written too slowly");
    }
    told = losses;
  }

  private void complain(String why) {
    if (System.nanoTime() - complained >= BETWEEN_COMPLAINTS.toNanos()) {
      complained = System.nanoTime();
      LOG.error("The access log {}; {} lines are lost since the start", why, lost.get());
    }
  }

  /** Writes what is waiting, for a while. */
  @Override
  public void close() {
    ending = true;
    try {
      if (!writer.join(CLOSING)) {
        long left = lost.get() + waiting.size();
        LOG.error("The access log was not written to its end; {} lines are lost", left);
        return;
      }
      file.close();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      LOG.error("The access log could not be closed", failure);
    }
  }
}

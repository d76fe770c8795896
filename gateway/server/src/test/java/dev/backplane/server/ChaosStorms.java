package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Runs the writers of a chaos test, each on a thread of its own, until it is told to end. */
final class ChaosStorms {
  /** How long a storm lasts: {@code BACKPLANE_CHAOS_SECONDS}. */
  static final int SECONDS =
      Integer.parseInt(Optional.ofNullable(System.getenv("BACKPLANE_CHAOS_SECONDS")).orElse("6"));

  /** Makes an earlier storm again: {@code BACKPLANE_CHAOS_SEED}. */
  static final long SEED =
      Optional.ofNullable(System.getenv("BACKPLANE_CHAOS_SEED"))
          .map(Long::parseLong)
          .orElseGet(System::nanoTime);

  private final CountDownLatch over = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  ChaosStorms(List<ChaosWriter> writers) {
    for (ChaosWriter writer : writers) {
      threads.add(Thread.ofVirtual().start(() -> write(writer)));
    }
  }

  private void write(ChaosWriter writer) {
    try {
      while (over.getCount() > 0) {
        writer.step();
      }
    } catch (ChaosClient.GivenUp end) {
      over.countDown(); // a step without an answer; whether it was done, verify finds out
    } catch (RuntimeException | Error failure) {
      failures.add(failure);
    }
  }

  /** Lets each end its step. */
  void end() throws InterruptedException {
    over.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  /** Holds what is stored against what was acknowledged. */
  static ChaosVerdict verdict(ChaosClient client, List<ChaosWriter> dynamo, List<ChaosWriter> sql) {
    ChaosVerdict verdict = new ChaosVerdict();
    var inDynamo = client.all("dynamo");
    dynamo.forEach(writer -> writer.verify(inDynamo, verdict));
    var inSql = client.all("sql");
    sql.forEach(writer -> writer.verify(inSql, verdict));
    return verdict;
  }
}

package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private final Workers workers = new Workers();
  private final CountDownLatch done = new CountDownLatch(1);

  @Test
  void call_whenWorkEnds_returnsWhatItReturned() throws Exception {
    assertThat(workers.call(() -> "done", 10_000)).isEqualTo("done");
  }

  @Test
  void call_whenWorkFails_throwsItsReason() {
    assertThatThrownBy(() ->
            workers.call(
                () -> {
                  throw new IllegalStateException("broken");
                },
                10_000))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("broken");
  }

  @Test
  void call_whenWorkIsLate_interruptsItAndSaysWhereItWas() throws Exception {
    LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
    assertThatThrownBy(() -> workers.call(() -> waitForInterrupt(said), 1_000))
        .isInstanceOf(Workers.LateException.class)
        .hasMessageContaining("WorkersTest.waitForInterrupt(");
    assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
  }

  @Test
  void call_whenTheCallerIsInterrupted_interruptsTheWork() throws Exception {
    LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> workers.call(() -> waitForInterrupt(said), 60_000))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void call_whenMuchWorkIsInterrupted_goesOn() throws Exception {
    LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
    for (int i = 0; i < 3 * Workers.MOST_LEFT_BEHIND; i++) {
      assertThatThrownBy(() -> workers.call(() -> waitForInterrupt(said), 1))
          .isInstanceOf(Workers.LateException.class);
      while (workers.call(WorkersTest::waiting, 10_000) > 0) {
        Thread.onSpinWait(); // until what was interrupted has ended
      }
    }
    assertThat(workers.call(() -> "done", 10_000)).isEqualTo("done");
  }

  @Test
  void call_whenTooMuchWorkIgnoresItsInterrupt_endsTheVirtualMachine_untilSomeEnds()
      throws Exception {
    for (int i = 0; i < Workers.MOST_LEFT_BEHIND; i++) {
      assertThat(workers.call(() -> "done", 10_000)).isEqualTo("done");
      leaveOneBehind();
    }
    assertThatThrownBy(() -> workers.call(() -> "never", 10_000))
        .isInstanceOf(InternalError.class)
        .hasMessageContaining("at dev.backplane.lambda.WorkersTest.");
    done.countDown();
    for (int i = 0; i < 1_000; i++) {
      try {
        assertThat(workers.call(() -> "done", 10_000)).isEqualTo("done");
        return;
      } catch (InternalError stillTooMany) {
        Thread.sleep(10);
      }
    }
    throw new AssertionError("what has ended still counts");
  }

  private void leaveOneBehind() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Callable<String> work =
        () -> {
          started.countDown();
          return ignoreInterrupts();
        };
    Thread caller =
        new Thread(() ->
            assertThatThrownBy(() -> workers.call(work, 60_000))
                .isInstanceOf(InterruptedException.class));
    caller.start();
    started.await();
    caller.interrupt();
    caller.join();
  }

  private static String waitForInterrupt(LinkedBlockingQueue<String> said) {
    try {
      new CountDownLatch(1).await();
      return "never";
    } catch (InterruptedException stop) {
      said.add("interrupted");
      return "interrupted";
    }
  }

  private static long waiting() {
    return Thread.getAllStackTraces().values().stream()
        .filter(trace ->
            Arrays.stream(trace).anyMatch(line -> line.getMethodName().equals("waitForInterrupt")))
        .count();
  }

  private String ignoreInterrupts() {
    while (true) {
      try {
        done.await();
        return "done";
      } catch (InterruptedException ignored) {
        // as a store that is stuck does
      }
    }
  }
}

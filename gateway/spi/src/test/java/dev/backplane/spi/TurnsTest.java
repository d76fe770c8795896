package dev.backplane.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000); // where it starts again
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger given = new AtomicInteger();

  private Turns turns(int stepsBetweenLooks) {
    return new Turns(
        stepsBetweenLooks,
        () -> {
          looks.incrementAndGet();
          return nanos.get();
        },
        () -> {
          given.incrementAndGet();
          nanos.addAndGet(5_000_000); // which is the others' and not this one's
        });
  }

  private void work(Turns turns, int steps, long nanosAStep) {
    for (int i = 0; i < steps; i++) {
      nanos.addAndGet(nanosAStep);
      turns.next();
    }
  }

  @Test
  void shortWork_isNotHeldUp() {
    work(turns(1), 199, 1000);
    assertThat(given).hasValue(0);
  }

  @Test
  void longWork_letsOthersGoFirst_eachFifthOfAMillisecond() {
    work(turns(1), 1999, 1000);
    assertThat(given).hasValue(9);
  }

  @Test
  void workThatHadToWait_isNotHeldUpAgain() {
    Turns turns = turns(1);
    for (int i = 0; i < 9; i++) {
      work(turns, 150, 1000);
      work(turns, 1, 3_000_000);
    }
    assertThat(given).hasValue(0);
  }

  @Test
  void clock_isNotLookedAtInEachStep() {
    work(turns(100), 999, 1);
    assertThat(looks).hasValue(1 + 9);
  }
}

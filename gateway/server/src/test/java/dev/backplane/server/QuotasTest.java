package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.RateLimits;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final Quotas.Limit SIX = limit(6, Duration.ofMinutes(1));

  private final AtomicLong nanos = new AtomicLong(-42); // as nanoTime may be
  private final Quotas<String> quotas = new Quotas<>(1000, nanos::get);

  private static Quotas.Limit limit(int requests, Duration window) {
    return Quotas.Limit.of("caller", new RateLimits.Quota(requests, window));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private int granted(String key, Quotas.Limit limit, int asked) {
    return (int) IntStream.range(0, asked).filter(i -> quotas.take(key, limit).granted()).count();
  }

  @Test
  void take_untilTheQuotaIsUsed_isGranted_andThenAsItFills() {
    for (int left = 5; left >= 0; left--) {
      assertThat(quotas.take("ann", SIX)).isEqualTo(new Quotas.Standing(true, left, 10));
    }
    assertThat(quotas.take("ann", SIX)).isEqualTo(new Quotas.Standing(false, 0, 10));
    pass(Duration.ofMillis(9500));
    assertThat(quotas.take("ann", SIX)).isEqualTo(new Quotas.Standing(false, 0, 1));
    pass(Duration.ofMillis(500));
    assertThat(quotas.take("ann", SIX)).isEqualTo(new Quotas.Standing(true, 0, 10));
    pass(Duration.ofDays(3));
    assertThat(granted("ann", SIX, 20)).isEqualTo(6);
  }

  @Test
  void take_bySomebodyElse_countsApart() {
    assertThat(granted("ann", SIX, 10)).isEqualTo(6);
    assertThat(quotas.take("bob", SIX)).isEqualTo(new Quotas.Standing(true, 5, 10));
  }

  @Test
  void take_whenTheQuotaHasChanged_keepsTheShareThatIsLeft() {
    assertThat(granted("ann", SIX, 3)).isEqualTo(3);
    assertThat(quotas.take("ann", limit(60, Duration.ofMinutes(1))).left()).isEqualTo(29);
    assertThat(quotas.take("ann", limit(6, Duration.ofMinutes(1))).left()).isBetween(1L, 2L);
    assertThat(granted("bob", SIX, 6)).isEqualTo(6);
    assertThat(quotas.take("bob", limit(600, Duration.ofMinutes(1))).granted()).isFalse();
  }

  @Test
  void take_byMoreThanAreKept_keepsOnlySoMany() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(quotas.take("caller " + i, SIX).granted()).isTrue();
    }
    assertThat(quotas.size()).isLessThanOrEqualTo(1000);
  }

  @Test
  void quota_thatIsFullAgain_isNotKept() {
    granted("ann", SIX, 6);
    assertThat(quotas.size()).isEqualTo(1);
    pass(Duration.ofMinutes(1).plusSeconds(2));
    assertThat(quotas.size()).isZero();
    assertThat(granted("ann", SIX, 7)).isEqualTo(6);
  }

  @Test
  void take_byManyThreads_grantsNoMoreThanThereIs() throws Exception {
    Quotas.Limit limit = limit(5000, Duration.ofHours(1));
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<Integer> asking = () -> granted("ann", limit, 1000);
      int all = 0;
      for (var answer : threads.invokeAll(Collections.nCopies(8, asking))) {
        all += answer.get(20, TimeUnit.SECONDS);
      }
      assertThat(all).isEqualTo(5000);
    }
  }

  @Test
  void headers_areThoseOfTheDraft() {
    assertThat(limit(600, Duration.ofMinutes(1)).header()).isEqualTo("\"caller\";q=600;w=60");
    assertThat(new Quotas.Standing(true, 599, 1).header(SIX)).isEqualTo("\"caller\";r=599;t=1");
    assertThat(limit(999_999_999, Duration.ofSeconds(1)).seconds()).isEqualTo(1);
    assertThat(limit(1, Duration.ofDays(1)).seconds()).isEqualTo(86_400);
    assertThat(granted("ann", limit(999_999_999, Duration.ofSeconds(1)), 10)).isEqualTo(10);
  }
}

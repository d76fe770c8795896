package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.Item;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class StoreTimeTest {
  private final StoreTime time = new StoreTime();

  @BeforeEach
  void begin() {
    time.begin();
  }

  @AfterEach
  void end() {
    time.end();
  }

  private interface Get {
    Optional<Item> get(String id) throws InterruptedException;
  }

  private static OpenStore store(Get get) {
    Store store =
        new Store() {
          @Override
          public Optional<Item> get(String id) {
            try {
              return get.get(id);
            } catch (InterruptedException stop) {
              throw new IllegalStateException(stop);
            }
          }

          @Override
          public Page list(Query query) {
            throw new UnsupportedOperationException();
          }
        };
    return OpenStores.of(store);
  }

  @Test
  void call_when_it_takes_too_long_is_interrupted_and_timed_out() {
    OpenStore store =
        store(id -> {
          time.cutAfter(0);
          Thread.sleep(Long.MAX_VALUE);
          return Optional.empty();
        });
    assertThatThrownBy(() -> store.get("1"))
        .isInstanceOfSatisfying(
            StoreException.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT))
        .hasStackTraceContaining("service test: get was interrupted");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(time.calls()).isEqualTo(1);
  }

  @Test
  void call_when_it_is_late_but_answers_gives_the_answer() {
    OpenStore store =
        store(id -> {
          time.cutAfter(0);
          return Optional.empty();
        });
    assertThat(store.get("1")).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void call_when_it_has_time_left_is_not_interrupted() {
    OpenStore store =
        store(id -> {
          time.cutAfter(Long.MAX_VALUE);
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
          return Optional.empty();
        });
    assertThat(store.get("1")).isEmpty();
    time.cutAfter(0); // between calls
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void call_when_earlier_calls_took_the_time_is_interrupted() {
    OpenStore slow =
        store(id -> {
          Thread.sleep(30);
          return Optional.empty();
        });
    OpenStore store =
        store(id -> {
          time.cutAfter(Duration.ofMillis(30).toNanos()); // this call alone has taken none of it
          Thread.sleep(Long.MAX_VALUE);
          return Optional.empty();
        });
    slow.get("1");
    assertThatThrownBy(() -> store.get("1"))
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
  }

  @Test
  void stuckAfter_when_a_call_ignores_the_interrupt_names_its_thread() {
    OpenStore store =
        store(id -> {
          assertThat(time.stuckAfter(0)).isEmpty();
          time.cutAfter(0);
          assertThat(time.stuckAfter(0)).containsExactly(Thread.currentThread());
          assertThat(time.stuckAfter(Long.MAX_VALUE)).isEmpty();
          return Optional.empty();
        });
    store.get("1");
    assertThat(time.stuckAfter(0)).isEmpty();
  }

  @Test
  void call_when_many_are_stuck_is_refused_until_they_come_back() throws Exception {
    CountDownLatch stuck = new CountDownLatch(16);
    CountDownLatch leave = new CountDownLatch(1);
    OpenStore store =
        store(id -> {
          if (id.equals("stuck")) {
            StoreTime.current().cutAfter(0);
            boolean unused = Thread.interrupted();
            stuck.countDown();
            leave.await();
          }
          return Optional.empty();
        });
    Thread[] threads = new Thread[16];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(() -> {
                StoreTime own = new StoreTime();
                own.begin();
                store.get("stuck");
                own.end();
              });
    }
    stuck.await();
    assertThatThrownBy(() -> store.get("1"))
        .hasMessage("The backend of this resource does not answer.")
        .hasStackTraceContaining("service test: get is not called");
    leave.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(store.get("1")).isEmpty();
  }

  @Test
  void calls_when_cut_at_any_moment_leave_no_interrupt_behind() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger cuts = new AtomicInteger();
    Thread watch =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                time.cutAfter(0);
                cuts.incrementAndGet();
              }
            });
    OpenStore store = store(id -> Optional.empty());
    for (int i = 0; i < 20_000; i++) {
      store.get("1");
      assertThat(Thread.currentThread().isInterrupted()).as("after call %d", i).isFalse();
    }
    done.set(true);
    watch.join();
    assertThat(cuts.get()).isPositive();
    assertThat(time.calls()).isEqualTo(20_000);
  }
}

package dev.backplane.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.plugin.OpenStores;
import dev.backplane.spi.CheckableStore;
import dev.backplane.spi.Item;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a store answers, and how often it is asked. */
@Timeout(60)
class StoreCheckTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicReference<Runnable> behaviour = new AtomicReference<>(() -> {});
  private final AtomicLong hours = new AtomicLong();
  private final StoreCheck check = check(new Checked());

  private StoreCheck check(Store store) {
    return new StoreCheck(
        "notes", OpenStores.of(store), () -> System.nanoTime() + hours.get() * 3_600_000_000_000L);
  }

  private static class Plain implements Store {
    @Override
    public Optional<Item> get(String id) {
      return Optional.empty();
    }

    @Override
    public Page list(Query query) {
      throw new StoreException(Reason.UNAVAILABLE, "a list costs more than a check may");
    }
  }

  private final class Checked extends Plain implements CheckableStore {
    @Override
    public void check() {
      asked.incrementAndGet();
      behaviour.get().run();
    }
  }

  private StoreCheck.State ask(StoreCheck of) throws InterruptedException {
    of.begin();
    return of.await();
  }

  @Test
  void store_isAskedOnce_howeverManyWantToKnow() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    behaviour.set(() -> awaitDeaf(go));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<StoreCheck.State>> states = new ArrayList<>();
      Callable<StoreCheck.State> caller = () -> ask(check);
      for (int i = 0; i < 200; i++) {
        states.add(callers.submit(caller));
      }
      go.countDown();
      for (Future<StoreCheck.State> state : states) {
        assertThat(state.get().isUp()).isTrue();
      }
    }
    assertThat(asked).hasValue(1);

    hours.incrementAndGet();
    assertThat(ask(check).isUp()).isTrue();
    assertThat(asked).hasValue(2);
  }

  @Test
  void store_thatHangs_isDown_andIsNotEnteredAgainBeforeItIsBack() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch back = new CountDownLatch(1);
    behaviour.set(() -> {
      awaitDeaf(go);
      back.countDown();
    });
    StoreCheck.State late = ask(check);
    assertThat(late.isUp()).isFalse();
    assertThat(late.reason()).isEqualTo("The backend did not answer within 2 s.");

    hours.incrementAndGet();
    assertThat(ask(check)).isEqualTo(late);
    assertThat(asked).hasValue(1);

    go.countDown();
    back.await();
    behaviour.set(() -> {});
    StoreCheck.State again = ask(check);
    while (!again.isUp()) { // until the thread has told that it is back
      again = ask(check);
    }
    assertThat(asked).hasValue(2);
    assertThat(again.since()).isAfterOrEqualTo(late.checked());
    assertThat(again.reason()).isEmpty();
  }

  @Test
  void since_staysAsLongAsTheStateDoes() throws Exception {
    StoreCheck.State first = ask(check);
    hours.incrementAndGet();
    StoreCheck.State second = ask(check);
    assertThat(second.since()).isEqualTo(first.since());

    behaviour.set(() -> {
      throw new StoreException(Reason.UNAVAILABLE, "It does not answer.");
    });
    hours.incrementAndGet();
    StoreCheck.State down = ask(check);
    assertThat(down.since()).isEqualTo(down.checked()).isAfterOrEqualTo(second.checked());
    assertThat(down.reason()).isEqualTo("It does not answer.");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void store_isUp_whereItRefusesByItself(Reason reason) throws Exception {
    behaviour.set(() -> {
      throw new StoreException(reason, "So it is.", new IllegalStateException("secret"));
    });
    boolean refuses = List.of(Reason.INVALID, Reason.CONFLICT, Reason.UNSUPPORTED).contains(reason);
    StoreCheck.State state = ask(check);
    assertThat(state.isUp()).isEqualTo(refuses);
    assertThat(state.reason()).isEqualTo(refuses ? "" : "So it is.");
  }

  @Test
  void store_thatBreaks_isDown_withoutAWordOfItsOwn() throws Exception {
    behaviour.set(() -> {
      throw new IllegalStateException("password=secret");
    });
    StoreCheck.State state = ask(check);
    assertThat(state.isUp()).isFalse();
    assertThat(state.reason()).isEqualTo("The backend of this resource failed.");
  }

  @Test
  void store_thatHasNoCheck_isAskedForAnItem() throws Exception {
    assertThat(ask(check(new Plain())).isUp()).isTrue();
    Store broken =
        new Plain() {
          @Override
          public Optional<Item> get(String id) {
            throw new StoreException(Reason.TIMEOUT, "Too late.");
          }
        };
    assertThat(ask(check(broken)).reason()).isEqualTo("Too late.");
  }

  /** Waits as a driver does that knows no interrupts. */
  private static void awaitDeaf(CountDownLatch go) {
    while (true) {
      try {
        go.await();
        return;
      } catch (InterruptedException deaf) {
        continue;
      }
    }
  }
}

package dev.backplane.core.plugin;

import dev.backplane.spi.StoreException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where calls of a store cross into its plugin: the context class loader is set
 * around each call, its time is taken, whoever observes is told, and whatever the plugin throws
 * comes out as a {@link StoreException}. Only what ends the process, such as {@link
 * OutOfMemoryError}, passes. One for each store; safe for use by many threads.
 */
final class Crossing {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStore.class);

  /** How many calls that were cut off may still be inside; then the plugin is not entered again. */
  private static final int MOST_STUCK = 16;

  private final String resource;
  private final String service;
  private final String described;
  private final ContextLoader loader;
  private final CallObserver observer;
  private final AtomicInteger stuck = new AtomicInteger();

  /**
   * Into the plugin of one store.
   *
   * @param resource the resource that the store is of
   * @param service the service that opened the store
   * @param described the service, its plugin and the resource, for the log
   * @param loader how to enter the plugin
   * @param observer is told of calls that do work
   */
  Crossing(
      String resource,
      String service,
      String described,
      ContextLoader loader,
      CallObserver observer) {
    this.resource = resource;
    this.service = service;
    this.described = described;
    this.loader = loader;
    this.observer = observer;
  }

  String service() {
    return service;
  }

  /** The service, its plugin and the resource, for the log. */
  String described() {
    return described;
  }

  boolean isThrough(ContextLoader other) {
    return loader.equals(other);
  }

  /** Makes a call that does work. */
  <T> T work(String method, Supplier<T> call) {
    return work(method, call, answer -> Optional.empty());
  }

  /**
   * Makes a call that does work, and fails when its answer breaks the contract.
   *
   * @param wrong what is wrong with an answer; empty when it is right
   */
  <T> T work(String method, Supplier<T> call, Function<T, Optional<String>> wrong) {
    Consumer<String> end = observer.begin(resource, service, method);
    String error = "fatal"; // unless it turns out better
    try {
      T answer = ask(method, call, wrong);
      error = "";
      return answer;
    } catch (StoreException failure) {
      error = failure.reason().name().toLowerCase(Locale.ROOT);
      throw failure;
    } finally {
      end.accept(error);
    }
  }

  /** As {@link #work}, where a store only says something of itself and nobody need observe it. */
  <T> T ask(String method, Supplier<T> call, Function<T, Optional<String>> wrong) {
    T answer = call(method, call);
    Optional<String> broken = wrong.apply(answer);
    if (broken.isPresent()) {
      throw broken(broken.get(), null);
    }
    return answer;
  }

  /** As {@link #ask}, of what cannot be wrong. */
  <T> T ask(String method, Supplier<T> call) {
    return call(method, call);
  }

  private <T> T call(String method, Supplier<T> call) {
    StoreTime time = StoreTime.current();
    if (time == null) {
      return enter(method, call);
    }
    requireUnstuck(method);
    time.enter(this);
    try {
      return enter(method, call);
    } catch (StoreException failure) {
      throw time.isCut() ? late(method, failure) : failure;
    } finally {
      time.leave(this);
    }
  }

  /** Each call that does not end keeps a thread; more would take all of them, from others, too. */
  private void requireUnstuck(String method) {
    if (stuck.get() >= MOST_STUCK) {
      throw new StoreException(
          StoreException.Reason.TIMEOUT,
          "The backend of this resource does not answer.",
          new IllegalStateException(
              described + ": " + method + " is not called, as earlier calls have got stuck"));
    }
  }

  private StoreException late(String method, StoreException failure) {
    return new StoreException(
        StoreException.Reason.TIMEOUT,
        "The backend of this resource did not answer in time.",
        new IllegalStateException(
            described + ": " + method + " was interrupted after " + CallWatch.PATIENCE, failure));
  }

  /** A call is cut off. */
  void leftBehind(Thread thread) {
    stuck.incrementAndGet();
    LOG.warn(
        "{}: a request has spent {} s in calls, the last of which is interrupted {}",
        described,
        CallWatch.PATIENCE.toSeconds(),
        where(thread));
  }

  /** A call that was cut off has ended after all. */
  void cameBack() {
    stuck.decrementAndGet();
  }

  /** The innermost line that is not the JDK's. */
  private static String where(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .filter(line -> !line.getClassName().matches("(java|jdk|sun)\\..*"))
        .findFirst()
        .map(line -> "at " + line)
        .orElse("at no line");
  }

  private <T> T enter(String method, Supplier<T> call) {
    T answer;
    try {
      answer = loader.call(call);
    } catch (StoreException failure) {
      throw failure.getMessage() == null ? failed(failure.reason(), failure) : failure;
    } catch (StackOverflowError defect) {
      throw broken(method + " failed", defect);
    } catch (VirtualMachineError fatal) {
      LOG.error("{}: {} failed", described, method, fatal);
      throw fatal; // of the process, not of the plugin
    } catch (Throwable defect) { // a plugin in another language also throws checked ones
      throw broken(method + " failed", defect);
    }
    if (answer == null) {
      throw broken(method + " returned null", null);
    }
    return answer;
  }

  private StoreException broken(String what, @Nullable Throwable cause) {
    return failed(
        StoreException.Reason.UNAVAILABLE,
        new IllegalStateException(described + ": " + what, cause));
  }

  private static StoreException failed(StoreException.Reason reason, Throwable cause) {
    return new StoreException(reason, "The backend of this resource failed.", cause);
  }
}

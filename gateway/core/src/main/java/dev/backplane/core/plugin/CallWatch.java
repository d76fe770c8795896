package dev.backplane.core.plugin;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Looks after the calls of all requests, from one thread for the whole process, so that a request
 * pays for it with no more than an entry in a set. Who looks at a watch sees a call end at most a
 * tick late.
 */
final class CallWatch {
  /**
   * For all calls of a request together: less than the half minute that load balancers wait, more
   * than a list may take in all.
   */
  static final Duration PATIENCE = Duration.ofSeconds(25);

  /** How long a call may take to end after it was interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final Duration TICK = Duration.ofMillis(250);
  private static final Set<StoreTime> REQUESTS = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private CallWatch() {}

  static void add(StoreTime request) {
    REQUESTS.add(request);
    if (!STARTED.get() && STARTED.compareAndSet(false, true)) {
      Thread watch = new Thread(CallWatch::watch, "backplane-watch");
      watch.setDaemon(true);
      // not the one of whoever came first, which it would keep for good
      watch.setContextClassLoader(CallWatch.class.getClassLoader());
      watch.start();
    }
  }

  static void remove(StoreTime request) {
    REQUESTS.remove(request);
  }

  /** See {@link StoreTime#stuckThreads}. */
  static Set<Thread> stuckThreads() {
    long patience = PATIENCE.plus(GRACE).toNanos();
    return REQUESTS.stream()
        .flatMap(request -> request.stuckAfter(patience))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void watch() {
    while (true) {
      try {
        Thread.sleep(TICK);
      } catch (InterruptedException stop) {
        STARTED.set(false); // by whoever ends all threads; the next request starts it anew
        return;
      }
      REQUESTS.forEach(request -> request.cutAfter(PATIENCE.toNanos()));
    }
  }
}

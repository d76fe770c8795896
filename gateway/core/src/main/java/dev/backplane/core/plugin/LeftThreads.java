package dev.backplane.core.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The threads that a plugin left running when it was closed. */
final class LeftThreads {
  /** Those of a pool that was just shut down end within moments. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private LeftThreads() {}

  /** Their names; waits a little for them to end. */
  static List<String> of(ClassLoader plugin) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Thread> left = running(plugin);
    try {
      while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
        Thread.sleep(10);
        left = running(plugin);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return left.stream().map(Thread::getName).sorted().toList();
  }

  /** Platform threads; nothing lists the virtual ones. */
  private static List<Thread> running(ClassLoader plugin) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread != Thread.currentThread())
        .filter(thread ->
            Objects.equals(thread.getContextClassLoader(), plugin)
                || Objects.equals(thread.getClass().getClassLoader(), plugin))
        .toList();
  }
}

package dev.backplane.plugin.s3;

import java.time.Duration;
import java.util.OptionalLong;

/** Counts items by their keys, a thousand with each request, for as long as a call may take. */
record KeyCount(Keys keys, Duration timeout) {
  OptionalLong count() {
    long deadline = System.nanoTime() + timeout.toNanos();
    long count = 0;
    while (!keys.isEnded()) {
      if (System.nanoTime() - deadline > 0) {
        return OptionalLong.empty();
      }
      count += keys.next(Integer.MAX_VALUE).size();
    }
    return OptionalLong.of(count);
  }
}

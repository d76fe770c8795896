package dev.backplane.plugin.dynamodb;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Chooses UUIDs that begin with the time (RFC 9562, version 7), so that ids in their order are
 * about in the order of creation. Each is greater than the one before it, also within one
 * millisecond and when the clock is set back. Safe for use by many threads.
 *
 * <p>Of one's own rather than of a library, which would be larger than this plugin's own code: 48
 * bits of time, 12 of a counter and 62 of chance are all that there is to it.
 */
final class UuidV7 {
  /** For the whole process: all resources that choose such ids share one order. */
  static final UuidV7 PROCESS = new UuidV7(Clock.systemUTC());

  private static final int COUNTER_BITS = 12;

  /** A counter begins in the lower half, so that the upper one is left for counting. */
  private static final int FIRST_COUNTS = 1 << (COUNTER_BITS - 1);

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** Milliseconds and counter of the last id; a counter that is full moves on to the next one. */
  private final AtomicLong last = new AtomicLong();

  UuidV7(Clock clock) {
    this.clock = clock;
  }

  UUID next() {
    long fresh = (clock.millis() << COUNTER_BITS) | random.nextInt(FIRST_COUNTS);
    long place = last.accumulateAndGet(fresh, (before, now) -> Math.max(before + 1, now));
    long count = place & ((1L << COUNTER_BITS) - 1);
    long most = (place >>> COUNTER_BITS << 16) | (7L << COUNTER_BITS) | count;
    long least = (random.nextLong() >>> 2) | (1L << 63); // the variant of the RFC
    return new UUID(most, least);
  }
}

package dev.backplane.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.backplane.core.RateLimits;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts how much of its quota everybody has used: a bucket each, that fills evenly. There are
 * never more buckets than a fixed number, however many ask; one that is full again is not kept.
 * Goes by the time since the start, so that the clock may be set. Safe for use by many threads.
 *
 * @param <K> who asks
 */
final class Quotas<K> {
  /** Of each kind; with 50,000, about 20 MB. */
  static final int MOST = 50_000;

  /** Connections an address may open for each request that it may send. */
  private static final int CONNECTIONS_A_REQUEST = 4;

  /** Connections an address may open besides, whatever its quota: what they cost is not felt. */
  private static final int CONNECTIONS_A_SECOND = 100;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final TimeMeter time;
  private final Cache<K, Used> used;

  /**
   * A quota as it is counted.
   *
   * @param policy its name for clients
   * @param quota what the mapping says
   * @param configuration the same for buckets
   * @param seconds within which one more request is granted
   * @param header the value of {@code RateLimit-Policy}
   */
  record Limit(
      String policy,
      RateLimits.Quota quota,
      BucketConfiguration configuration,
      long seconds,
      String header) {
    /** The one that allows most in the long run is the greatest. */
    static final Comparator<Limit> BY_RATE =
        Comparator.comparingDouble(
            limit -> (double) limit.quota().requests() / limit.quota().window().toSeconds());

    static Limit of(String policy, RateLimits.Quota quota) {
      return of(policy, quota, quota.requests(), quota.requests());
    }

    /**
     * How often an address may connect that has this quota of requests: more often than it needs
     * to, so that it hears why it is refused, and often enough to see whether the server is alive.
     */
    static Limit ofConnections(RateLimits.Quota requests) {
      long many = (long) CONNECTIONS_A_REQUEST * requests.requests();
      long window = requests.window().toSeconds();
      return of(
          "connections",
          requests,
          many + CONNECTIONS_A_SECOND,
          many + CONNECTIONS_A_SECOND * window);
    }

    private static Limit of(
        String policy, RateLimits.Quota quota, long capacity, long refillInWindow) {
      Bandwidth bandwidth =
          Bandwidth.builder()
              .capacity(capacity)
              .refillGreedy(refillInWindow, quota.window())
              .build();
      long window = quota.window().toSeconds();
      return new Limit(
          policy,
          quota,
          BucketConfiguration.builder().addLimit(bandwidth).build(),
          Math.ceilDiv(window, refillInWindow),
          '"' + policy + "\";q=" + capacity + ";w=" + window);
    }
  }

  /**
   * How things stand after a request.
   *
   * @param granted whether it may be answered
   * @param left how many more would be
   * @param seconds within which there will be one more
   */
  record Standing(boolean granted, long left, long seconds) {
    /** The value of {@code RateLimit}. */
    String header(Limit limit) {
      return '"' + limit.policy() + "\";r=" + left + ";t=" + seconds;
    }
  }

  private static final class Used {
    private final Bucket bucket;
    private volatile Limit limit;

    Used(Limit limit, TimeMeter time) {
      this.limit = limit;
      this.bucket =
          Bucket.builder()
              .addLimit(limit.configuration().getBandwidths()[0])
              .withCustomTimePrecision(time)
              .build();
    }

    /** Who had half of it left has half of what the quota is now. */
    void change(Limit next) {
      bucket.replaceConfiguration(next.configuration(), TokensInheritanceStrategy.PROPORTIONALLY);
      limit = next;
    }
  }

  Quotas() {
    this(MOST, System::nanoTime);
  }

  /**
   * Counts by a clock of one's own.
   *
   * @param most how many buckets there may be
   * @param nanos the time; only differences count
   */
  Quotas(int most, LongSupplier nanos) {
    this.time =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return nanos.getAsLong();
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        };
    this.used =
        Caffeine.newBuilder()
            .maximumSize(most)
            .ticker(nanos::getAsLong)
            .executor(
                Runnable::run) // a little of the tidying with each request, in no other thread
            .expireAfter(Expiry.<K, Used>accessing((key, one) -> one.limit.quota().window()))
            .build();
  }

  /** Takes one request from somebody's quota, if there is one left. */
  @SuppressWarnings("ReferenceEquality") // it is the same one until the mapping changes
  Standing take(K key, Limit limit) {
    Used one = used.get(key, none -> new Used(limit, time));
    if (one.limit != limit) {
      one.change(limit);
    }
    ConsumptionProbe probe = one.bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? new Standing(true, probe.getRemainingTokens(), limit.seconds())
        : new Standing(
            false, 0, Math.max(1, Math.ceilDiv(probe.getNanosToWaitForRefill(), SECOND)));
  }

  /** How many are counted now. */
  long size() {
    used.cleanUp();
    return used.estimatedSize();
  }
}

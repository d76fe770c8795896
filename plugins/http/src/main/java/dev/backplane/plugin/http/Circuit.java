package dev.backplane.plugin.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps requests from a backend that fails, for a while. Safe for use by many threads. */
final class Circuit {
  /** How many requests find out whether the backend is well again. */
  private static final int TRIALS = 3;

  private final @Nullable CircuitBreaker breaker;

  /**
   * Begins closed.
   *
   * @param settings when it opens; empty: never
   */
  Circuit(Optional<ConnectionSettings.Breaker> settings) {
    this.breaker = settings.map(Circuit::breaker).orElse(null);
  }

  private static CircuitBreaker breaker(ConnectionSettings.Breaker settings) {
    return CircuitBreaker.of(
        "backend",
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(settings.calls())
            .minimumNumberOfCalls(settings.calls())
            .failureRateThreshold(settings.failureRate())
            .waitDurationInOpenState(settings.pause())
            .permittedNumberOfCallsInHalfOpenState(Math.min(TRIALS, settings.calls()))
            .build());
  }

  /**
   * Whether a request may be sent; each permission is followed by {@link #report} or {@link
   * #withdraw}.
   */
  boolean permits() {
    return breaker == null || breaker.tryAcquirePermission();
  }

  /** Counts a request. */
  void report(boolean failed, Duration took) {
    if (breaker == null) {
      return;
    }
    if (failed) {
      breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, new IOException("the backend failed"));
    } else {
      breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Gives a permission back that was not used. */
  void withdraw() {
    if (breaker != null) {
      breaker.releasePermission();
    }
  }
}

package dev.backplane.server;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Faults at random, by a seed: some pieces of bytes meet one, and now and then all connections end
 * and no new one is taken for a while.
 */
final class Storm implements FaultProxy.Faults {
  private static final List<Fault> KINDS =
      List.of(
          Fault.DELAY,
          Fault.DELAY,
          Fault.THROTTLE,
          Fault.DROP,
          Fault.RESET,
          Fault.RESET,
          Fault.TRUNCATE);

  private final Random random;
  private final double share;
  private volatile boolean outage;

  /**
   * Makes a storm.
   *
   * @param seed the same one makes the same decisions, in the order in which they are asked for
   * @param share of the pieces that meet a fault
   */
  Storm(long seed, double share) {
    this.random = new Random(seed);
    this.share = share;
  }

  /** Whether the backend takes no connection for a while. */
  void setOutage(boolean on) {
    outage = on;
  }

  @Override
  public Fault onConnect() {
    return outage || chance(share) ? Fault.REFUSE : Fault.PASS;
  }

  @Override
  public Fault on(FaultProxy.Direction direction, byte[] bytes) {
    return chance(share) ? KINDS.get(next(KINDS.size())) : Fault.PASS;
  }

  @Override
  public Duration delay() {
    return Duration.ofMillis(20L + next(1_500));
  }

  private synchronized boolean chance(double of) {
    return random.nextDouble() < of;
  }

  private synchronized int next(int bound) {
    return random.nextInt(bound);
  }
}

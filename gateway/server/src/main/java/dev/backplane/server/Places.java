package dev.backplane.server;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The places for what is there at once: requests, or connections. The last quarter of them is kept
 * for addresses that have few, so that nobody takes all by themselves. Safe for use by many
 * threads.
 */
final class Places {
  /**
   * What is always few, if there is room: a client has some connections, and hears of an answer a
   * moment before its place is free.
   */
  private static final int SOME = 8;

  private final int most;
  private final int open;
  private final int few;
  private final AtomicInteger taken = new AtomicInteger();
  private final ConcurrentHashMap<Long, Integer> byAddress = new ConcurrentHashMap<>();

  /**
   * So many places.
   *
   * @param most how many, at least 1
   */
  Places(int most) {
    this.most = most;
    this.open = most - most / 4;
    this.few = Math.max(1, Math.min(most / 4, Math.max(SOME, most / 16)));
  }

  /**
   * Takes a place for an address, without waiting.
   *
   * @return whether there was one; then {@link #leave} has to be called, once
   */
  boolean take(long address) {
    return take(address, false);
  }

  /**
   * As {@link #take(long)}.
   *
   * @param many whether many are behind the address, so that the last places are for it, too
   */
  boolean take(long address, boolean many) {
    int own = byAddress.merge(address, 1, Integer::sum);
    int bound = many || own <= few ? most : open;
    // Who is refused must not count even for a moment: many at once would take the last places.
    if (taken.getAndUpdate(all -> all < bound ? all + 1 : all) < bound) {
      return true;
    }
    forget(address);
    return false;
  }

  /** Leaves a place that was taken for this address. */
  void leave(long address) {
    taken.decrementAndGet();
    forget(address);
  }

  private void forget(long address) {
    byAddress.computeIfPresent(address, (key, own) -> own == 1 ? null : own - 1);
  }

  /** How many are taken. */
  int taken() {
    return taken.get();
  }
}

package dev.backplane.server;

import java.util.ArrayList;
import java.util.List;

/** What was found out of promises that were not kept. For one thread. */
final class ChaosVerdict {
  private final List<String> lost = new ArrayList<>();
  private final List<String> twice = new ArrayList<>();
  private final List<String> torn = new ArrayList<>();
  private int held;

  /** Looks for something that was acknowledged. */
  void once(String what, long found) {
    if (found == 0) {
      lost.add(what);
    }
    atMostOnce(what, found);
    held += found == 1 ? 1 : 0;
  }

  /** Looks for something that may have been done. */
  void atMostOnce(String what, long found) {
    if (found > 1) {
      twice.add(what + ": " + found + " times");
    }
  }

  /** Looks for something that was acknowledged, or may have been done all the same. */
  void count(String what, boolean acknowledged, long found) {
    if (acknowledged) {
      once(what, found);
    } else {
      atMostOnce(what, found);
    }
  }

  void lost(String what) {
    lost.add(what);
  }

  void torn(String what) {
    torn.add(what);
  }

  /** Everything that is wrong. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    lost.forEach(what -> wrong.add("lost: " + what));
    twice.forEach(what -> wrong.add("applied twice: " + what));
    torn.forEach(what -> wrong.add("done in part: " + what));
    return wrong;
  }

  @Override
  public String toString() {
    return "%d looked for and found, %d lost, %d applied twice, %d done in part"
        .formatted(held, lost.size(), twice.size(), torn.size());
  }
}

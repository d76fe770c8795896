package dev.backplane.server;

import dev.backplane.spi.JsonObject;
import java.util.List;

/** A client of the chaos suite: it keeps a ledger of what was acknowledged. On one thread. */
interface ChaosWriter {
  /** Makes what the steps need. */
  default void prepare() {}

  /** Writes something, and returns when it is known what became of it. */
  void step();

  /**
   * Holds what is stored against the ledger.
   *
   * @param items all items of the resource
   * @param verdict takes what is wrong
   */
  void verify(List<JsonObject> items, ChaosVerdict verdict);
}

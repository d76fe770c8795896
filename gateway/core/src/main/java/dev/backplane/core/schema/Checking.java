package dev.backplane.core.schema;

import dev.backplane.spi.Turns;
import dev.harrel.jsonschema.JsonNode;

/** The check of one body, which all of its nodes share; for one thread. */
final class Checking {
  /**
   * How much may be found wrong before only what decides is looked at, in characters of the places.
   * Much more than is told: a value that could be of several kinds has parts that are wrong for
   * each other kind.
   */
  private static final int MOST_FOUND = 5_000_000;

  /** What finding and remembering a wrong part takes besides its place; time, above all. */
  private static final int PART = 2_500;

  private final SafePattern.Steps steps = new SafePattern.Steps();
  private final Turns turns = new Turns(4);
  private final long most;
  private long found;

  private Checking(long most) {
    this.most = most;
  }

  static Checking bounded() {
    return new Checking(MOST_FOUND);
  }

  /** Finds everything, whatever that takes. */
  static Checking unbounded() {
    return new Checking(Long.MAX_VALUE);
  }

  /** The check that a node belongs to. */
  static Checking of(JsonNode node) {
    return node instanceof SchemaNode own ? own.checking() : bounded();
  }

  SafePattern.Steps steps() {
    return steps;
  }

  boolean hasFoundEnough() {
    return found >= most;
  }

  /** To be given back when a part has been looked at. */
  long before() {
    turns.next();
    return found;
  }

  /** What was wrong inside of a part does not count when the part as a whole is right. */
  void after(long before, boolean right, JsonNode part) {
    found = right ? before : Math.max(found, before + PART + part.getJsonPointer().length());
  }
}

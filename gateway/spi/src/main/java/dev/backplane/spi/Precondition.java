package dev.backplane.spi;

import java.util.Objects;

/**
 * What must hold for a write to happen. The store tests it and writes in one atomic step: of two
 * writers that rely on the same state, one succeeds.
 *
 * <p>Flows into plugins and is closed for good: a {@code switch} needs no {@code default}.
 */
public sealed interface Precondition {
  /** Nothing: create the item or replace it. */
  record None() implements Precondition {}

  /** There is no item of this id. */
  record Absent() implements Precondition {}

  /** There is an item of this id. */
  record Exists() implements Precondition {}

  /**
   * There is an item of this id, in this state.
   *
   * @param version the {@link Item#version} that it must have
   */
  record Matches(String version) implements Precondition {
    /** Checks that there is a version. */
    public Matches {
      Objects.requireNonNull(version, "version");
    }
  }
}

package dev.backplane.core.mapping;

/** How a list says how many items there are in all. */
public enum Count {
  /** Counted, as long as that is within the scan limit. */
  EXACT,
  /** What the store estimates, or what was counted within the scan limit. */
  ESTIMATED,
  /** Not said. */
  NONE
}

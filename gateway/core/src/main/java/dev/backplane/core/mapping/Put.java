package dev.backplane.core.mapping;

/** What PUT does with a field that the body leaves out. */
public enum Put {
  /** Removes it (RFC 9110, section 9.3.4). */
  REPLACE,
  /** Keeps it, for clients that PUT partial bodies. */
  MERGE
}

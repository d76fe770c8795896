package dev.backplane.server;

/** What a {@link FaultProxy} does with bytes that it has read, or with a new connection. */
enum Fault {
  /** Nothing. */
  PASS,
  /** Hands them on late, whether or not who sent them still waits. */
  DELAY,
  /** Hands them on a few at a time. */
  THROTTLE,
  /** Hands on neither these nor any later ones in this direction; the connection stays. */
  DROP,
  /** Resets both sides; the bytes are lost. */
  RESET,
  /** Hands on one half, and ends both sides. */
  TRUNCATE,
  /** Resets a connection before anything is read of it. */
  REFUSE
}

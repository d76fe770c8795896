package dev.backplane.plugin.dynamodb;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock until a test sets it. */
final class SettableClock extends Clock {
  private volatile Clock clock = Clock.systemUTC();

  void set(Instant time) {
    clock = Clock.fixed(time, ZoneOffset.UTC);
  }

  void set(String time) {
    set(Instant.parse(time));
  }

  void advance(Duration time) {
    set(instant().plus(time));
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this; // instants have none
  }
}

package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * When items end. The service deletes an item whose time is over within days, and gives it out
 * until then; to the gateway's clients it is gone at once.
 *
 * <p>By the service's rule only a number counts, the seconds since 1970, and one that lies more
 * than five years back does not: that is taken for a mistake.
 *
 * @param attribute the attribute with the time; empty where items do not end
 */
record Expiry(Optional<String> attribute) {
  private static final int MOST_YEARS = 5;

  static Expiry read(Settings settings) {
    return new Expiry(settings.optionalString("ttl"));
  }

  /** Whether an item has ended. */
  boolean isOver(Map<String, AttributeValue> item, Instant now) {
    AttributeValue time = attribute.map(item::get).orElse(null);
    if (time == null || time.type() != AttributeValue.Type.N) {
      return false;
    }
    BigDecimal seconds = new BigDecimal(time.n());
    return seconds.compareTo(BigDecimal.valueOf(first(now))) >= 0
        && seconds.compareTo(BigDecimal.valueOf(now.getEpochSecond())) <= 0;
  }

  /** An item that has not ended; empty otherwise. */
  Optional<Map<String, AttributeValue>> alive(Map<String, AttributeValue> item, Instant now) {
    return item.isEmpty() || isOver(item, now) ? Optional.empty() : Optional.of(item);
  }

  /** That an item has ended; empty where none does. A comparison never holds for other types. */
  Optional<Condition> isOver(Instant now) {
    return attribute.map(
        name -> Condition.between(name, seconds(first(now)), seconds(now.getEpochSecond())));
  }

  /** That an item has not ended; empty where none does. */
  Optional<Condition> isAlive(Instant now) {
    return isOver(now).map(Condition::not);
  }

  /** A condition for items that have not ended. */
  Condition andAlive(Condition condition, Instant now) {
    return isAlive(now).map(alive -> Condition.and(List.of(condition, alive))).orElse(condition);
  }

  /**
   * Whether the service can leave out what has ended when a list is read so: it takes no filter on
   * the key that is read, or on what an index does not hold.
   */
  boolean isToldBy(AccessPath path) {
    return attribute.map(name -> path.whole() && !path.keys().has(name)).orElse(true);
  }

  private static long first(Instant now) {
    return now.atOffset(ZoneOffset.UTC).minusYears(MOST_YEARS).toEpochSecond();
  }

  private static AttributeValue seconds(long seconds) {
    return AttributeValue.fromN(Long.toString(seconds));
  }
}

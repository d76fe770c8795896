package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00.999Z");
  private static final long SECOND = NOW.getEpochSecond();

  private final Expiry expiry = new Expiry(Optional.of("until"));

  @Test
  void isOver_when_the_time_has_come_holds() {
    assertThat(isOver(AttributeValue.fromN("" + SECOND))).isTrue();
    assertThat(isOver(AttributeValue.fromN("" + (SECOND - 1)))).isTrue();
    assertThat(isOver(AttributeValue.fromN(SECOND - 1 + ".5"))).isTrue();
    assertThat(isOver(AttributeValue.fromN("" + (SECOND + 1)))).isFalse();
  }

  @Test
  void isOver_when_the_time_lies_more_than_five_years_back_does_not_hold() {
    long first = Instant.parse("2021-01-31T10:00:00Z").getEpochSecond();
    assertThat(isOver(AttributeValue.fromN("" + first))).isTrue();
    assertThat(isOver(AttributeValue.fromN("" + (first - 1)))).isFalse();
    assertThat(isOver(AttributeValue.fromN("0"))).isFalse();
    assertThat(isOver(AttributeValue.fromN("-1E+120"))).isFalse();
  }

  @Test
  void isOver_when_it_is_no_number_or_not_there_does_not_hold() {
    assertThat(isOver(AttributeValue.fromS("" + SECOND))).isFalse();
    assertThat(isOver(AttributeValue.fromNul(true))).isFalse();
    assertThat(expiry.isOver(Map.of(), NOW)).isFalse();
    Map<String, AttributeValue> over = Map.of("until", AttributeValue.fromN("" + SECOND));
    assertThat(new Expiry(Optional.empty()).isOver(over, NOW)).isFalse();
  }

  private boolean isOver(AttributeValue value) {
    return expiry.isOver(Map.of("until", value), NOW);
  }
}

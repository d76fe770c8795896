package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.math.BigDecimal;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeWriterTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.000, 0",
    "1.10, 1.1",
    "9.9999999999999999999999999999999999999E+125, 9.9999999999999999999999999999999999999E+125",
    "1E-130, 1E-130",
    "12345678901234567890123456789012345678, 12345678901234567890123456789012345678",
    "100000000000000000000000000000000000000000, 1E+41"
  })
  void number_when_it_fits_is_written_in_its_shortest_form(String number, String written) {
    assertThat(AttributeWriter.number(new BigDecimal(number)).orElseThrow().n()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123456789012345678901234567890123456789",
        "1E+126",
        "-1E+126",
        "9E-131",
        "1E100000000",
        "1E-100000000",
        "0.123456789012345678901234567890123456789"
      })
  void write_when_a_number_does_not_fit_names_the_field(String number) {
    JsonValue value = JsonArray.of(new JsonNumber(new BigDecimal(number)));
    assertRefused(JsonObject.of("price", JsonObject.of("net", value)))
        .hasMessageContaining("\"price.net\"")
        .hasMessageContaining("38 digits")
        .hasMessageNotContaining(number);
  }

  @Test
  void write_when_nested_up_to_the_limit_is_accepted() {
    assertThat(new AttributeWriter().write(JsonObject.of("a", nested(31)))).hasSize(1);
    assertRefused(JsonObject.of("a", nested(32))).hasMessageContaining("32 levels");
    assertRefused(JsonObject.of("a", nested(2_000))).hasMessageContaining("32 levels");
  }

  @Test
  void write_when_larger_than_an_item_may_be_says_so() {
    JsonString half = new JsonString("ü".repeat(100 * 1024));
    assertThat(new AttributeWriter().write(JsonObject.of("a", half))).hasSize(1);
    assertRefused(JsonObject.of("a", JsonArray.of(half, half))).hasMessageContaining("400 KB");
    assertRefused(JsonObject.of("a", new JsonString("x".repeat(1_000_000))))
        .hasMessageContaining("400 KB");
    assertRefused(JsonObject.of("x".repeat(1_000_000), half)).hasMessageContaining("400 KB");
  }

  @Test
  void write_when_a_name_is_empty_is_refused() {
    assertRefused(JsonObject.of("", JsonNumber.of(1))).hasMessageContaining("empty name");
    assertRefused(JsonObject.of("a", JsonObject.of("", JsonNumber.of(1))))
        .hasMessageContaining("empty name");
  }

  private static JsonValue nested(int levels) {
    JsonValue value = JsonArray.of();
    for (int i = 1; i < levels; i++) {
      value = i % 2 == 0 ? JsonArray.of(value) : JsonObject.of("n", value);
    }
    return value;
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(JsonObject body) {
    return assertThatThrownBy(() -> new AttributeWriter().write(body))
        .isInstanceOfSatisfying(
            StoreException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
  }
}

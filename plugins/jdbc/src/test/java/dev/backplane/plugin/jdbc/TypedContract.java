package dev.backplane.plugin.jdbc;

import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Predicate;

/** The contract on a table whose columns have types; what has no column goes into another one. */
abstract class TypedContract extends DocumentContract {
  private static final BigDecimal INT = BigDecimal.valueOf(Integer.MAX_VALUE);

  /** The type of the column {@code v}, on which filters and orders are tested. */
  abstract String type();

  abstract boolean canHold(JsonValue v);

  @Override
  protected JsonObject settings() {
    String columns =
        "id %s not null primary key, v %s, name varchar(100), number integer, half smallint,"
            + " w integer, doc %s";
    String table =
        database().newTable(columns.formatted(database().text(), type(), database().json()));
    return database().settings(table).with("rest", new JsonString("doc"));
  }

  @Override
  protected boolean canHold(String id, JsonObject body) {
    Map<String, Predicate<JsonValue>> columns =
        Map.of(
            "v", this::canHold,
            "name", TypedContract::isName,
            "number", TypedContract::isInteger,
            "half", TypedContract::isInteger,
            "w", TypedContract::isInteger);
    return super.canHold(id, body)
        && columns.entrySet().stream()
            .allMatch(column -> holds(body, column.getKey(), column.getValue()));
  }

  private static boolean holds(JsonObject body, String name, Predicate<JsonValue> fits) {
    JsonValue value = body.get(name).orElse(JsonNull.NULL);
    return value == JsonNull.NULL || fits.test(value);
  }

  private static boolean isName(JsonValue value) {
    return value instanceof JsonString text && text.value().length() <= 100;
  }

  private static boolean isInteger(JsonValue value) {
    return value instanceof JsonNumber number
        && Numbers.isWhole(number.value())
        && number.value().abs().compareTo(INT) < 0;
  }

  /** With {@code v} a decimal number of 50 digits, 10 of them after the point. */
  abstract static class Decimals extends TypedContract {
    @Override
    String type() {
      return "decimal(50, 10)";
    }

    @Override
    boolean canHold(JsonValue v) {
      return v instanceof JsonNumber number
          && Numbers.isOfSize(number.value())
          && number.value().stripTrailingZeros().scale() <= 10
          && number.value().precision() - number.value().scale() <= 40;
    }
  }

  /** With {@code v} a text. */
  abstract static class Texts extends TypedContract {
    @Override
    String type() {
      return "varchar(200)";
    }

    @Override
    boolean canHold(JsonValue v) {
      return v instanceof JsonString text
          && text.value().length() <= 200
          && text.value().indexOf(0) < 0;
    }
  }
}

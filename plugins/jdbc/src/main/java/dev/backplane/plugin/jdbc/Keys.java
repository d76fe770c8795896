package dev.backplane.plugin.jdbc;

import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The columns of a key, and the ids that stand for their values. A value has one id, in its
 * shortest form: {@code 7} is the id of the number 7, {@code 07} and {@code 7.0} are of none.
 *
 * @param columns one or more
 */
record Keys(List<Column> columns) {
  /** A key's values, in the order of its columns. */
  record Key(String id, List<Bind> values) {
    Key {
      values = List.copyOf(values);
    }
  }

  Keys {
    columns = List.copyOf(columns);
  }

  boolean isComposite() {
    return columns.size() > 1;
  }

  Column first() {
    return columns.get(0);
  }

  /** The values that an id stands for; empty where it stands for none. */
  Optional<Key> parse(String id) {
    if (!isComposite()) {
      return value(first(), id).map(value -> new Key(id, List.of(value)));
    }
    Optional<CompositeId> parts = CompositeId.parse(id, columns.size());
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    List<Bind> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      value(columns.get(i), parts.get().parts().get(i)).ifPresent(values::add);
    }
    return values.size() == columns.size() ? Optional.of(new Key(id, values)) : Optional.empty();
  }

  /** The id of a row by the values of its key; empty where they make none, as nothing is no id. */
  Optional<String> id(List<JsonValue> values) {
    List<String> parts = new ArrayList<>();
    for (JsonValue value : values) {
      value.text().ifPresent(parts::add);
    }
    if (parts.size() < values.size()) {
      return Optional.empty();
    }
    String id = isComposite() ? new CompositeId(parts).text() : parts.get(0);
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  /** A value of a key as it is shown: of equal numbers, one. */
  static JsonValue canonical(JsonValue value) {
    return value instanceof JsonNumber number ? new JsonNumber(shortest(number.value())) : value;
  }

  private static BigDecimal shortest(BigDecimal number) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** The value that a text stands for in a column; empty where another one is its text, or none. */
  static Optional<Bind> value(Column column, String text) {
    Optional<Object> value =
        switch (column.kind()) {
          case INTEGER -> number(text).flatMap(Numbers::whole).map(whole -> whole);
          case DECIMAL -> number(text).map(exact -> exact);
          case TEXT, LABEL -> isText(text) ? Optional.of(text) : Optional.empty();
          case CHAR -> isText(text) && !text.endsWith(" ") ? Optional.of(text) : Optional.empty();
          case UUID ->
              text.equals(text.toLowerCase(Locale.ROOT))
                  ? ValueWriter.uuid(text)
                  : Optional.empty();
          case BYTES -> ValueWriter.bytes(text);
          case DATE, TIME, TIMESTAMP, INSTANT ->
              Times.parse(column, text).filter(time -> Times.text(column, time).equals(text));
          case BOOLEAN, DOUBLE, REAL, JSON, ARRAY, OTHER -> Optional.empty();
        };
    return value.map(found -> Bind.of(column, found));
  }

  private static boolean isText(String text) {
    return text.indexOf('\0') < 0;
  }

  private static Optional<BigDecimal> number(String text) {
    return JsonNumber.parse(text)
        .map(JsonNumber::value)
        .filter(Numbers::isOfSize)
        .filter(number -> new JsonNumber(shortest(number)).toString().equals(text));
  }

  /** Whether a column can be a part of a key at all. */
  static boolean canBe(Column column) {
    return switch (column.kind()) {
      case BOOLEAN, DOUBLE, REAL, JSON, ARRAY, OTHER -> false;
      default -> true;
    };
  }

  /** Whether the store can choose a value for a column: a random one. */
  static boolean canBeRandom(Column column) {
    return column.kind() == Kind.TEXT || column.kind() == Kind.UUID;
  }

  /** What an id is like, for who sent one that is none. */
  String form() {
    if (isComposite()) {
      return "the parts of its key with ~ between them";
    }
    return switch (first().kind()) {
      case INTEGER -> "a whole number";
      case DECIMAL -> "a number";
      case UUID -> "a UUID in lower case";
      case DATE, TIME, TIMESTAMP, INSTANT -> "a time in the form that the resource shows";
      case BYTES -> "bytes in base64";
      default -> "a text that its column can hold";
    };
  }
}

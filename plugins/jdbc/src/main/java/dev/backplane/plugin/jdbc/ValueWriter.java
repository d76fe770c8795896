package dev.backplane.plugin.jdbc;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON value is in a column. A value that the column would change is refused, with the
 * member's name. Any thread.
 */
record ValueWriter(Dialect dialect, JsonCodec json) {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** What PostgreSQL calls a numeric without a precision. */
  private static final int UNBOUNDED = 100_000;

  Bind write(Column column, JsonValue value) {
    if (value == JsonNull.NULL) {
      return nothing(column);
    }
    if (dialect == Dialect.SQLITE) {
      if (column.kind() == Kind.OTHER && value instanceof JsonNumber number) {
        return Bind.of(Kind.DECIMAL, decimal(column, number.value()));
      }
      requireNoDigits(column, value);
    }
    Optional<Object> written =
        switch (column.kind()) {
          case BOOLEAN -> value instanceof JsonBoolean bool ? Optional.of(bool.value()) : no();
          case INTEGER, DECIMAL, DOUBLE, REAL ->
              value instanceof JsonNumber number ? Optional.of(number(column, number)) : no();
          case TEXT, CHAR, LABEL, OTHER ->
              value instanceof JsonString text ? Optional.of(text(column, text.value())) : no();
          case DATE, TIME, TIMESTAMP, INSTANT ->
              value instanceof JsonString text ? Times.parse(column, text.value()) : no();
          case UUID -> value instanceof JsonString text ? uuid(text.value()) : no();
          case BYTES -> value instanceof JsonString text ? bytes(text.value()) : no();
          case ARRAY ->
              value instanceof JsonArray array ? Optional.of(elements(column, array)) : no();
          case JSON -> Optional.of(jsonText(value));
        };
    return Bind.of(column, written.orElseThrow(() -> wrong(column, wanted(column))));
  }

  /** What SQLite would turn into a number, and into another one. */
  private static void requireNoDigits(Column column, JsonValue value) {
    boolean turns =
        switch (column.kind()) {
          case TEXT -> value instanceof JsonString text && isNumber(text.value());
          case JSON -> value instanceof JsonNumber number && isInexact(number.value());
          default -> false;
        };
    if (turns && !Kind.keepsTexts(column.typeName())) {
      throw wrong(column, "looks like a number, which its column would change");
    }
  }

  private static boolean isNumber(String text) {
    return !text.isBlank() && JsonNumber.parse(text.strip().replaceFirst("^\\+", "")).isPresent();
  }

  private static boolean isInexact(BigDecimal number) {
    return Numbers.whole(number).isEmpty() && Numbers.doubled(number).isEmpty();
  }

  String jsonText(JsonValue value) {
    return new String(json.write(value), StandardCharsets.UTF_8);
  }

  private Bind nothing(Column column) {
    if (column.nullable()) {
      return Bind.nothing(column);
    }
    if (column.kind() == Kind.JSON) {
      return Bind.of(column, "null");
    }
    throw wrong(column, "may not be null");
  }

  private static Optional<Object> no() {
    return Optional.empty();
  }

  private static StoreException wrong(Column column, String what) {
    return Refusals.invalid(column.member(), what);
  }

  private static String wanted(Column column) {
    return switch (column.kind()) {
      case BOOLEAN -> "should be true or false";
      case INTEGER -> "should be a whole number";
      case DECIMAL, DOUBLE, REAL -> "should be a number";
      case DATE -> "should be a date such as 2026-01-31";
      case TIME -> "should be a time such as 10:15:30" + digits(column);
      case TIMESTAMP ->
          "should be a time without a zone such as 2026-01-31T10:15:30" + digits(column);
      case INSTANT -> "should be a time with a zone such as 2026-01-31T10:15:30Z" + digits(column);
      case UUID -> "should be a UUID";
      case BYTES -> "should be bytes in base64";
      case ARRAY -> "should be an array of texts, numbers, booleans or nulls";
      case TEXT, CHAR, LABEL, OTHER, JSON -> "should be a string";
    };
  }

  private static String digits(Column column) {
    return ", with at most " + Times.digits(column) + " digits after the second";
  }

  private Object number(Column column, JsonNumber number) {
    BigDecimal value = number.value();
    if (!Numbers.isOfSize(value)) {
      throw wrong(column, "has more digits than can be stored");
    }
    return switch (column.kind()) {
      case INTEGER -> whole(column, value);
      case DECIMAL -> decimal(column, value);
      case DOUBLE -> Numbers.doubled(value).orElseThrow(() -> inexact(column));
      default -> Numbers.floated(value).orElseThrow(() -> inexact(column));
    };
  }

  private static StoreException inexact(Column column) {
    return wrong(column, "has more digits than can be stored");
  }

  private Object whole(Column column, BigDecimal value) {
    if (!Numbers.isWhole(value)) {
      throw wrong(column, "should be a whole number");
    }
    Optional<Long> whole = Numbers.whole(value);
    boolean fits =
        switch (column.size()) {
          case 16 -> whole.filter(number -> number == number.shortValue()).isPresent();
          case 32 -> whole.filter(number -> number == number.intValue()).isPresent();
          case 64 -> whole.isPresent();
          default -> true;
        };
    if (!fits) {
      throw wrong(column, "is too large or too small a number");
    }
    return whole.<Object>map(number -> number).orElse(value);
  }

  private Object decimal(Column column, BigDecimal value) {
    if (dialect == Dialect.SQLITE) {
      Optional<Object> whole = Numbers.whole(value).map(number -> number);
      return whole.or(() -> Numbers.doubled(value)).orElseThrow(() -> inexact(column));
    }
    boolean free =
        column.size() == 0
            || column.size() > UNBOUNDED
            || column.typeName().toUpperCase(Locale.ROOT).startsWith("DECFLOAT");
    if (free) {
      return value;
    }
    BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (shortest.scale() > column.scale()) {
      throw wrong(column, "has more than " + column.scale() + " digits after the point");
    }
    if (shortest.precision() - shortest.scale() > column.size() - column.scale()) {
      throw wrong(column, "is too large or too small a number");
    }
    return value;
  }

  private Object text(Column column, String text) {
    if (dialect == Dialect.POSTGRESQL && text.indexOf('\0') >= 0) {
      throw wrong(column, "has the character U+0000, which cannot be stored");
    }
    if (column.kind() == Kind.CHAR && text.endsWith(" ")) {
      throw wrong(column, "ends with a blank, which cannot be stored");
    }
    int most = column.kind() == Kind.LABEL || column.kind() == Kind.OTHER ? 0 : column.size();
    if (most > 0 && text.length() > most && text.codePointCount(0, text.length()) > most) {
      throw wrong(column, "is longer than " + most + " characters");
    }
    return text;
  }

  static Optional<Object> uuid(String text) {
    return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : no();
  }

  static Optional<Object> bytes(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return Base64.getEncoder().encodeToString(bytes).equals(text) ? Optional.of(bytes) : no();
    } catch (IllegalArgumentException noBase64) {
      return no();
    }
  }

  private static List<@Nullable String> elements(Column column, JsonArray array) {
    List<@Nullable String> elements = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      if (element == JsonNull.NULL) {
        elements.add(null);
        continue;
      }
      elements.add(element.text().orElseThrow(() -> wrong(column, wanted(column))));
    }
    return elements;
  }
}

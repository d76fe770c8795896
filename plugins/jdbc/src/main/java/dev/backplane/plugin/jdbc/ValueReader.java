package dev.backplane.plugin.jdbc;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a column of a row is as JSON. Any thread. */
record ValueReader(Dialect dialect, JsonCodec json) {

  JsonValue read(ResultSet row, int index, Column column) throws SQLException {
    if (dialect == Dialect.SQLITE) {
      return ofSqlite(row, index, column);
    }
    JsonValue value =
        switch (column.kind()) {
          case BOOLEAN -> JsonBoolean.of(row.getBoolean(index));
          case INTEGER -> whole(row, index, column);
          case DECIMAL -> decimal(row, index);
          case DOUBLE -> binary(row.getDouble(index));
          case REAL -> real(row, index);
          case TEXT, LABEL, OTHER -> text(row.getString(index));
          case CHAR -> padded(row.getString(index));
          case UUID -> uuid(row.getString(index));
          case JSON -> json(row.getString(index));
          case BYTES -> bytes(row.getBytes(index));
          case ARRAY -> array(row, index);
          case DATE, TIME, TIMESTAMP, INSTANT -> time(row, index, column);
        };
    return row.wasNull() ? JsonNull.NULL : value;
  }

  private static JsonValue text(@Nullable String text) {
    return text == null ? JsonNull.NULL : new JsonString(text);
  }

  private static JsonValue padded(@Nullable String text) {
    return text == null ? JsonNull.NULL : new JsonString(withoutBlanks(text));
  }

  static String withoutBlanks(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }

  private static JsonValue uuid(@Nullable String text) {
    return text == null ? JsonNull.NULL : new JsonString(text.toLowerCase(Locale.ROOT));
  }

  private static JsonValue bytes(byte @Nullable [] bytes) {
    return bytes == null
        ? JsonNull.NULL
        : new JsonString(Base64.getEncoder().encodeToString(bytes));
  }

  /** What calls itself JSON and is none is shown as the text that it is. */
  private JsonValue json(@Nullable String text) {
    if (text == null) {
      return JsonNull.NULL;
    }
    try {
      return json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonException noJson) {
      return new JsonString(text);
    }
  }

  private static JsonValue whole(ResultSet row, int index, Column column) throws SQLException {
    if (!column.typeName().toLowerCase(Locale.ROOT).contains("unsigned")) {
      return JsonNumber.of(row.getLong(index));
    }
    BigDecimal number = row.getBigDecimal(index);
    return number == null ? JsonNull.NULL : new JsonNumber(number);
  }

  private JsonValue decimal(ResultSet row, int index) throws SQLException {
    if (dialect != Dialect.POSTGRESQL) {
      BigDecimal number = row.getBigDecimal(index);
      return number == null ? JsonNull.NULL : new JsonNumber(number);
    }
    String digits = row.getString(index); // which may be NaN
    if (digits == null) {
      return JsonNull.NULL;
    }
    return Character.isLetter(digits.charAt(digits.length() - 1))
        ? new JsonString(digits)
        : new JsonNumber(new BigDecimal(digits));
  }

  private JsonValue real(ResultSet row, int index) throws SQLException {
    float number = dialect == Dialect.MARIADB ? (float) row.getDouble(index) : row.getFloat(index);
    return Float.isFinite(number)
        ? new JsonNumber(new BigDecimal(Float.toString(number)))
        : new JsonString(Float.toString(number));
  }

  private static JsonValue binary(double number) {
    return Double.isFinite(number)
        ? new JsonNumber(new BigDecimal(Double.toString(number)))
        : new JsonString(Double.toString(number));
  }

  private JsonValue time(ResultSet row, int index, Column column) throws SQLException {
    Object time =
        switch (column.kind()) {
          case DATE -> row.getObject(index, LocalDate.class);
          case TIME -> row.getObject(index, LocalTime.class);
          case TIMESTAMP -> row.getObject(index, LocalDateTime.class);
          default -> instant(row, index);
        };
    return time == null ? JsonNull.NULL : new JsonString(Times.text(column, time));
  }

  private @Nullable Object instant(ResultSet row, int index) throws SQLException {
    if (dialect != Dialect.MARIADB) {
      return row.getObject(index, OffsetDateTime.class);
    }
    LocalDateTime utc = row.getObject(index, LocalDateTime.class);
    return utc == null ? null : utc.atOffset(ZoneOffset.UTC);
  }

  private JsonValue array(ResultSet row, int index) throws SQLException {
    java.sql.Array array = row.getArray(index);
    return array == null ? JsonNull.NULL : element(array.getArray());
  }

  private JsonValue element(@Nullable Object element) {
    return switch (element) {
      case null -> JsonNull.NULL;
      case Object[] inner -> new JsonArray(Arrays.stream(inner).map(this::element).toList());
      case Boolean bool -> JsonBoolean.of(bool);
      case BigDecimal exact -> new JsonNumber(exact);
      case Double number -> binary(number);
      case Float number -> new JsonNumber(new BigDecimal(number.toString()));
      case Number whole -> JsonNumber.of(whole.longValue());
      case byte[] bytes -> bytes(bytes);
      case Timestamp time -> new JsonString(Times.text(time.toLocalDateTime(), 6));
      case LocalDateTime time -> new JsonString(Times.text(time, 6));
      case OffsetDateTime time -> new JsonString(Times.text(time, 6));
      case Date date -> new JsonString(Times.text(date.toLocalDate()));
      default -> new JsonString(element.toString());
    };
  }

  /** There, a value has a type of its own, whatever its column's. */
  private JsonValue ofSqlite(ResultSet row, int index, Column column) throws SQLException {
    Object value = row.getObject(index);
    return switch (value) {
      case null -> JsonNull.NULL;
      case byte[] bytes -> bytes(bytes);
      case Double number -> binary(number);
      case Number number when column.kind() == Kind.BOOLEAN && isBit(number) ->
          JsonBoolean.of(number.longValue() == 1);
      case Number whole -> JsonNumber.of(whole.longValue());
      default -> column.kind() == Kind.JSON ? json(value.toString()) : text(value.toString());
    };
  }

  private static boolean isBit(Number number) {
    return number.longValue() == 0 || number.longValue() == 1;
  }
}

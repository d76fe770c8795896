package dev.backplane.rules;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as the expressions have it: whole numbers of 64 bits, other numbers as floating point. */
final class PlainValues {
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** Beyond it, finding out whether a number is whole would write out all its digits. */
  private static final int MOST_DIGITS = 40;

  private PlainValues() {}

  static Map<String, Object> of(JsonObject object) {
    Map<String, Object> map = new LinkedHashMap<>();
    object.members().forEach((name, value) -> map.put(name, of(value)));
    return map;
  }

  private static Object of(JsonValue value) {
    return switch (value) {
      case JsonObject object -> of(object);
      case JsonArray array -> list(array);
      case JsonString string -> string.value();
      case JsonNumber number -> number(number.value());
      case JsonBoolean truth -> truth.equals(JsonBoolean.TRUE);
      case JsonNull none -> NullValue.NULL_VALUE;
    };
  }

  private static List<Object> list(JsonArray array) {
    List<Object> list = new ArrayList<>(array.elements().size());
    array.elements().forEach(each -> list.add(of(each)));
    return list;
  }

  private static Object number(BigDecimal number) {
    boolean small = number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0;
    boolean whole =
        small
            && Math.abs((long) number.scale()) <= MOST_DIGITS
            && number.stripTrailingZeros().scale() <= 0;
    if (whole) {
      return number.longValueExact();
    }
    return number.doubleValue();
  }
}

package dev.backplane.testkit;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Defects that change an id or a value on its way into the store. */
record Mangling(Defect defect) {
  String id(String id) {
    return switch (defect) {
      case ID_TRIMMED -> id.isBlank() ? id : id.strip();
      case ID_LOWER_CASED -> id.toLowerCase(Locale.ROOT);
      case ID_PERCENT_DECODED -> decoded(id);
      case ID_NORMALIZED -> Normalizer.normalize(id, Normalizer.Form.NFC);
      case ID_CUT -> id.substring(0, Math.min(id.length(), 191));
      case ID_LONG_CUT -> id.substring(0, Math.min(id.length(), 1_024));
      case ID_AS_NUMBER ->
          JsonNumber.parse(id)
              .map(number -> number.value().stripTrailingZeros().toPlainString())
              .orElse(id);
      default -> id;
    };
  }

  private static String decoded(String id) {
    try {
      return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return id;
    }
  }

  JsonObject body(JsonObject body) {
    return switch (defect) {
      case NUMBER_ROUNDED -> numbers(body, value -> BigDecimal.valueOf(value.doubleValue()));
      case NUMBER_OF_38_DIGITS -> numbers(body, value -> value.round(new MathContext(38)));
      case NULL_DROPPED -> body.get("v").equals(NULL) ? body.without("v") : body;
      case EMPTY_TEXT_IS_NULL -> body.get("v").equals(EMPTY) ? body.with("v", JsonNull.NULL) : body;
      case ARRAYS_ARE_SETS ->
          body.get("v").orElse(JsonNull.NULL) instanceof JsonArray array
              ? body.with("v", new JsonArray(List.copyOf(new LinkedHashSet<>(array.elements()))))
              : body;
      case DOTS_NEST -> nested(body);
      default -> body;
    };
  }

  private static final java.util.Optional<JsonValue> NULL = java.util.Optional.of(JsonNull.NULL);
  private static final java.util.Optional<JsonValue> EMPTY =
      java.util.Optional.of(new JsonString(""));

  private static JsonObject numbers(JsonObject body, UnaryOperator<BigDecimal> change) {
    return body.get("v").orElse(JsonNull.NULL) instanceof JsonNumber number
        ? body.with("v", new JsonNumber(change.apply(number.value())))
        : body;
  }

  private static JsonObject nested(JsonObject body) {
    JsonObject.Builder result = JsonObject.builder();
    body.members()
        .forEach((name, value) -> {
          int dot = name.indexOf('.');
          if (dot > 0) {
            result.put(name.substring(0, dot), JsonObject.of(name.substring(dot + 1), value));
          } else {
            result.put(name, value);
          }
        });
    return result.build();
  }
}

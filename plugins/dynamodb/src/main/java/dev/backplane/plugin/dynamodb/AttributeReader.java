package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Turns attributes into JSON, also those that JSON has no kind for and that only others write: a
 * set is an array in a fixed order, binary is text in base64.
 */
final class AttributeReader {
  private AttributeReader() {}

  /** The members in the order of their names, as the service gives them in any. */
  static JsonObject object(Map<String, AttributeValue> attributes) {
    JsonObject.Builder object = JsonObject.builder();
    for (String name : sortedNames(attributes)) {
      object.put(name, value(Objects.requireNonNull(attributes.get(name))));
    }
    return object.build();
  }

  static String[] sortedNames(Map<String, AttributeValue> attributes) {
    String[] names = attributes.keySet().toArray(new String[0]);
    Arrays.sort(names); // of a few names, less work than a TreeMap of them
    return names;
  }

  static JsonValue value(AttributeValue value) {
    return switch (value.type()) {
      case S -> new JsonString(value.s());
      case N -> number(value.n());
      case BOOL -> JsonBoolean.of(value.bool());
      case NUL -> JsonNull.NULL;
      case M -> object(value.m());
      case L -> list(value.l());
      case B -> binary(value.b());
      case SS -> array(value.ss().stream().sorted().map(JsonString::new));
      case NS -> array(numbers(value.ns()).map(JsonNumber::new));
      case BS ->
          array(value.bs().stream().map(AttributeReader::base64).sorted().map(JsonString::new));
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalStateException("an attribute of a type that the SDK does not know");
    };
  }

  static Stream<BigDecimal> numbers(List<String> set) {
    return set.stream().map(BigDecimal::new).sorted();
  }

  static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }

  private static JsonNumber number(String digits) {
    return new JsonNumber(new BigDecimal(digits));
  }

  private static JsonString binary(SdkBytes bytes) {
    return new JsonString(base64(bytes));
  }

  private static JsonArray list(List<AttributeValue> values) {
    JsonValue[] elements = new JsonValue[values.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = value(values.get(i));
    }
    return JsonArray.of(elements);
  }

  private static JsonArray array(Stream<? extends JsonValue> elements) {
    return new JsonArray(elements.<JsonValue>map(element -> element).toList());
  }
}

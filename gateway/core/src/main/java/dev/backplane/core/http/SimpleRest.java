package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The words of ra-data-simple-rest, {@code sort=["title","DESC"]}, {@code range=[0,24]}, {@code
 * filter={"a":1}} and {@code embed=["comments"]}: recognised because their values are JSON, and
 * fields of these names otherwise.
 */
final class SimpleRest {
  static final String RANGE = "range";

  private SimpleRest() {}

  /** Whether a word is one of these; broken JSON too, as no other client would send it. */
  static boolean speaks(String word, List<String> values) {
    return switch (word) {
      case "sort", "embed", RANGE -> values.stream().allMatch(value -> value.startsWith("["));
      case "filter" -> values.stream().allMatch(value -> value.startsWith("{"));
      default -> false;
    };
  }

  /** Adds such a word as the words that say the same. */
  static void add(String word, List<String> values, QueryWords words) {
    if (word.equals("filter")) {
      words.add(QueryVocabulary.FILTER, word, values);
      return;
    }
    if (values.size() > 1) {
      throw HttpProblem.badRequest(word + " stands in the query more than once.");
    }
    List<JsonValue> parts =
        json(word, values.get(0)) instanceof JsonArray array ? array.elements() : List.of();
    switch (word) {
      case RANGE -> range(parts, words);
      case "sort" -> sort(parts, words);
      default -> embed(parts, words);
    }
  }

  private static void embed(List<JsonValue> parts, QueryWords words) {
    List<String> names = parts.stream().flatMap(part -> part.text().stream()).toList();
    if (parts.isEmpty() || names.size() < parts.size()) {
      throw wrong("embed", "a list of relations, such as [\"comments\"]");
    }
    words.add("_embed", "embed", names);
  }

  private static void sort(List<JsonValue> parts, QueryWords words) {
    if (parts.size() == 2
        && parts.get(0) instanceof JsonString field
        && parts.get(1) instanceof JsonString direction) {
      words.add("_sort", "sort", List.of(field.value()));
      words.add("_order", "sort", List.of(direction.value()));
      return;
    }
    throw wrong("sort", "[\"field\",\"ASC\"] or [\"field\",\"DESC\"]");
  }

  private static void range(List<JsonValue> parts, QueryWords words) {
    if (parts.size() == 2
        && parts.get(0) instanceof JsonNumber first
        && parts.get(1) instanceof JsonNumber last
        && isIndex(first.value())
        && isIndex(last.value())
        && first.value().compareTo(last.value()) <= 0) {
      words.add("_start", RANGE, List.of(first.toString()));
      words.add("_end", RANGE, List.of(Long.toString(last.value().longValueExact() + 1)));
      return;
    }
    throw wrong(RANGE, "[first,last], such as [0,24]");
  }

  private static boolean isIndex(BigDecimal number) {
    // the scale first, because 1e999999999 has a great many digits to compare
    return number.scale() == 0
        && number.signum() >= 0
        && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) < 0;
  }

  /** Parses the value of a word that holds JSON. */
  static JsonValue json(String word, String text) {
    try {
      return Json.CODEC.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonException malformed) {
      throw HttpProblem.badRequest(
          word + " should be JSON: " + malformed.getMessage() + QueryWords.asField(word));
    }
  }

  private static HttpProblem wrong(String word, String right) {
    return HttpProblem.badRequest(word + " should be " + right + "." + QueryWords.asField(word));
  }
}

package dev.backplane.core.openapi;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * JSON with places to fill. In a text, <code>${word}</code> is replaced by a word; a text that is
 * nothing else becomes the word's value, whatever its type, and in an array the elements of an
 * array. An object with {@code x-when} stays only if one of the flags in it holds, and its {@code
 * x-use}, if it has one, takes its place.
 *
 * @param words what stands for what; not copied, so that words can be made of earlier ones
 * @param flags what holds
 */
record Template(Map<String, JsonValue> words, Set<String> flags) {
  private static final String WHEN = "x-when";
  private static final String USE = "x-use";
  private static final Pattern WORD = Pattern.compile("\\$\\{([A-Za-z]+)}");

  /** A value in which every place is filled; an empty object when nothing of it stays. */
  JsonValue fill(JsonValue template) {
    return value(template).orElse(JsonObject.empty());
  }

  /** An object in which every place is filled. */
  JsonObject fill(JsonObject template) {
    JsonObject.Builder filled = JsonObject.builder();
    template
        .members()
        .forEach((name, value) -> {
          if (!name.equals(WHEN)) {
            value(value).ifPresent(kept -> filled.put(text(name), kept));
          }
        });
    return filled.build();
  }

  /** Empty for what does not stay: also an object of which nothing is left. */
  private Optional<JsonValue> value(JsonValue template) {
    return switch (template) {
      case JsonObject object -> object(object);
      case JsonArray array -> Optional.of(array(array));
      case JsonString text -> Optional.of(text(text));
      default -> Optional.of(template);
    };
  }

  private Optional<JsonValue> object(JsonObject template) {
    Optional<String> when = template.get(WHEN).flatMap(JsonValue::text);
    if (when.isPresent() && List.of(when.get().split(" ")).stream().noneMatch(flags::contains)) {
      return Optional.empty();
    }
    Optional<JsonValue> use = template.get(USE);
    if (use.isPresent()) {
      return value(use.get());
    }
    JsonObject filled = fill(template);
    boolean gone = filled.members().isEmpty() && !template.members().isEmpty();
    return gone ? Optional.empty() : Optional.of(isSame(filled, template) ? template : filled);
  }

  /** What has no places is shared by all resources, of which there may be thousands. */
  @SuppressWarnings("ReferenceEquality") // the question is whether it was made anew
  private static boolean isSame(JsonObject filled, JsonObject template) {
    return filled.members().size() == template.members().size()
        && filled.members().entrySet().stream()
            .allMatch(member -> template.members().get(member.getKey()) == member.getValue());
  }

  @SuppressWarnings("ReferenceEquality") // as above
  private static boolean isSame(List<JsonValue> filled, List<JsonValue> template) {
    return filled.size() == template.size()
        && IntStream.range(0, filled.size()).allMatch(i -> filled.get(i) == template.get(i));
  }

  private JsonArray array(JsonArray template) {
    List<JsonValue> filled = new ArrayList<>();
    for (JsonValue element : template.elements()) {
      Optional<JsonValue> value = value(element);
      if (element instanceof JsonString && value.orElse(element) instanceof JsonArray several) {
        filled.addAll(several.elements());
      } else {
        value.ifPresent(filled::add);
      }
    }
    return isSame(filled, template.elements()) ? template : new JsonArray(filled);
  }

  private JsonValue text(JsonString template) {
    if (!hasPlace(template.value())) {
      return template;
    }
    Matcher whole = WORD.matcher(template.value());
    return whole.matches() ? word(whole.group(1)) : new JsonString(text(template.value()));
  }

  private String text(String template) {
    return hasPlace(template)
        ? WORD.matcher(template)
            .replaceAll(
                place -> Matcher.quoteReplacement(word(place.group(1)).text().orElseThrow()))
        : template;
  }

  /** Hardly any text has one, and there are many texts. */
  private static boolean hasPlace(String template) {
    return template.contains("${");
  }

  private JsonValue word(String name) {
    return Optional.ofNullable(words.get(name))
        .orElseThrow(() -> new IllegalStateException("the template has no word " + name));
  }
}

package dev.backplane.core;

import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes JSON as YAML in block style, for people to read and for readers of any version of YAML: a
 * text that some reader might take for something else is quoted.
 */
final class BlockYaml {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*(::?[A-Za-z0-9]+)*");
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder yaml = new StringBuilder();

  private BlockYaml() {}

  /** A document, with a line end at its end. */
  static String of(JsonObject document) {
    BlockYaml writer = new BlockYaml();
    writer.members(document, 0, false);
    return writer.yaml.toString();
  }

  /** The first member of an object in a list stands behind the dash. */
  private void members(JsonObject object, int indent, boolean behindDash) {
    boolean first = behindDash;
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      yaml.append(first ? "" : " ".repeat(indent)).append(scalar(new JsonString(member.getKey())));
      yaml.append(':');
      value(member.getValue(), indent + 2);
      first = false;
    }
  }

  private void value(JsonValue value, int indent) {
    switch (value) {
      case JsonObject object when !object.members().isEmpty() -> {
        yaml.append('\n');
        members(object, indent, false);
      }
      case JsonArray array when !array.elements().isEmpty() -> {
        yaml.append('\n');
        array.elements().forEach(element -> element(element, indent));
      }
      default -> yaml.append(' ').append(scalar(value)).append('\n');
    }
  }

  private void element(JsonValue element, int indent) {
    yaml.append(" ".repeat(indent)).append('-');
    if (element instanceof JsonObject object && !object.members().isEmpty()) {
      yaml.append(' ');
      members(object, indent + 2, true);
      return;
    }
    value(element, indent + 2);
  }

  private static String scalar(JsonValue value) {
    if (value instanceof JsonString text && isPlain(text.value())) {
      return text.value();
    }
    return new String(Json.CODEC.write(value), StandardCharsets.UTF_8); // YAML, too
  }

  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
  }
}

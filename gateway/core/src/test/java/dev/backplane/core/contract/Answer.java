package dev.backplane.core.contract;

import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer as it stands on the wire.
 *
 * @param status the status
 * @param headers the headers in their order; a name may occur several times, in any case
 * @param body the body; empty when there is none
 */
public record Answer(int status, List<Map.Entry<String, String>> headers, byte[] body) {
  private static final Pattern LINK = Pattern.compile("<([^>]*)>; rel=\"([a-z]+)\"");

  /**
   * All values of a header as one list, the way HTTP lets anyone join them.
   *
   * @param name the header in any case
   * @return the values, separated by commas; empty when there is none
   */
  public Optional<String> header(String name) {
    List<String> values =
        headers.stream()
            .filter(header -> header.getKey().equalsIgnoreCase(name))
            .map(Map.Entry::getValue)
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** A header that has to be there. */
  String need(String name) {
    return header(name).orElseThrow(() -> new AssertionError("no " + name + " in " + this));
  }

  /** The elements of a header that is a list of words. */
  List<String> words(String name) {
    return List.of(need(name).split("\\s*,\\s*"));
  }

  /** The target of the link with this relation. */
  Optional<String> link(String relation) {
    Matcher links = LINK.matcher(header("Link").orElse(""));
    while (links.find()) {
      if (links.group(2).equals(relation)) {
        return Optional.of(links.group(1));
      }
    }
    return Optional.empty();
  }

  /**
   * The body as text.
   *
   * @return the body, decoded as UTF-8
   */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  JsonValue json() {
    try {
      return Json.CODEC.read(body);
    } catch (JsonException malformed) {
      throw new AssertionError("not strict JSON: " + this, malformed);
    }
  }

  JsonObject object() {
    if (json() instanceof JsonObject object) {
      return object;
    }
    throw new AssertionError("not a JSON object: " + this);
  }

  /** The value of a member that has to be there. */
  JsonValue member(String name) {
    return object().get(name).orElseThrow(() -> new AssertionError("no " + name + " in " + this));
  }

  /**
   * The body as a list.
   *
   * @return its elements, which have to be objects
   */
  public List<JsonObject> items() {
    if (json() instanceof JsonArray array) {
      return array.elements().stream().map(JsonObject.class::cast).toList();
    }
    throw new AssertionError("not a JSON array: " + this);
  }

  /**
   * One scalar member of each item of a list.
   *
   * @param name the member's name
   * @return its values as text; "-" where an item has none
   */
  public List<String> each(String name) {
    return items().stream()
        .map(item -> item.get(name).flatMap(JsonValue::text).orElse("-"))
        .toList();
  }

  @Override
  public String toString() {
    return status + " " + headers + " " + text();
  }
}

package dev.backplane.lambda;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON of an event into maps, lists and texts, and reads them leniently: what is null or
 * of another type than expected counts as absent, because events differ by source and by the hand
 * that wrote them. Streaming, because data binding would cost the start of the function more than
 * everything else in it.
 */
final class EventJson {
  private static final JsonFactory JSON = new JsonFactory();

  private EventJson() {}

  /**
   * Reads one JSON object.
   *
   * @return its members; empty when the input is not a JSON object
   */
  static Map<String, Object> read(InputStream input) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), input)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? object(parser) : Map.of();
    } catch (JacksonException notJson) {
      return Map.of();
    }
  }

  /** The text, number or truth value of that name as text. */
  static @Nullable String text(Map<String, Object> object, String name) {
    return object.get(name) instanceof String text ? text : null;
  }

  /** The first of the names that has a text; otherwise the fallback. */
  static String text(Map<String, Object> object, List<String> names, String fallback) {
    for (String name : names) {
      String text = text(object, name);
      if (text != null) {
        return text;
      }
    }
    return fallback;
  }

  /** The object of that name; empty when there is none. */
  @SuppressWarnings("unchecked") // Every map in here was made by object(), so its keys are texts.
  static Map<String, Object> object(Map<String, Object> object, String name) {
    return object.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The texts of that name, of which there may be one without an array around it. */
  static List<String> texts(Map<String, Object> object, String name) {
    Object value = object.get(name);
    if (value instanceof String text) {
      return List.of(text);
    }
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      Object value = value(parser, parser.nextToken());
      if (value != null) {
        members.put(name, value);
      }
    }
    return members;
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_NULL -> null;
      default -> parser.getString();
    };
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      Object element = value(parser, token);
      if (element != null) {
        elements.add(element);
      }
    }
    return elements;
  }
}

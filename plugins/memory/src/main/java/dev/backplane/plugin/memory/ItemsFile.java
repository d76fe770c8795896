package dev.backplane.plugin.memory;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.StoreContext;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the file that a resource starts with; whatever is wrong with it stops the start. */
record ItemsFile(StoreContext context, String setting) {

  /** The bodies by id, in the order of the file. */
  Map<String, JsonObject> read(Path file) {
    JsonValue content = parse(bytes(file));
    if (!(content instanceof JsonArray array)) {
      throw wrong("names a file that is not a JSON array of objects");
    }
    Map<String, JsonObject> items = new LinkedHashMap<>();
    List<JsonValue> elements = array.elements();
    for (int i = 0; i < elements.size(); i++) {
      if (!(elements.get(i) instanceof JsonObject body)) {
        throw wrong("names a file in which " + place(i) + " is not an object");
      }
      if (items.putIfAbsent(id(i, body), body) != null) {
        throw wrong("names a file in which " + place(i) + " has the id of an earlier element");
      }
    }
    return items;
  }

  private byte[] bytes(Path file) {
    if (Files.isDirectory(file)) {
      throw wrong("names a directory, not a JSON file");
    }
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw wrong(
          "names a file that does not exist; a relative path starts at the mapping's directory");
    } catch (AccessDeniedException denied) {
      throw wrong("names a file that the gateway may not read");
    } catch (IOException failure) {
      // the kind of failure, but not its text, which repeats the path
      throw wrong("names a file that cannot be read: " + failure.getClass().getSimpleName());
    }
  }

  private JsonValue parse(byte[] utf8) {
    try {
      return context.json().read(utf8);
    } catch (JsonException malformed) {
      throw wrong("names a file that is not JSON: " + malformed.getMessage());
    }
  }

  private String id(int index, JsonObject body) {
    Optional<JsonValue> id = body.get(context.idField());
    if (id.isEmpty()) {
      throw wrong(
          "names a file in which %s lacks the id field %s"
              .formatted(place(index), context.idField()));
    }
    return id.filter(value -> value instanceof JsonString || value instanceof JsonNumber)
        .flatMap(JsonValue::text)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() ->
            wrong(
                "names a file in which the id field %s of %s is neither a text nor a number"
                    .formatted(context.idField(), place(index))));
  }

  private static String place(int index) {
    return "element " + index + " (from 0)";
  }

  private SettingException wrong(String message) {
    return context.settings().wrong(setting, message);
  }
}

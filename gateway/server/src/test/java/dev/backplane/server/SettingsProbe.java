package dev.backplane.server;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Service;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Settings;
import dev.backplane.testkit.TestContext;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out which settings a service knows, and what it takes for each: by opening it with one odd
 * value after the other and noting what it asks for and what it says. {@code open} contacts
 * nothing.
 */
final class SettingsProbe {
  private static final String UNCLEAR = "";

  /** Where the mapping chooses a name; long enough for one of an index. */
  private static final String NAME = "xyz";

  /** No setting but a text takes the first; no path the second; only a list or a group the rest. */
  private static final JsonValue WORD = new JsonString("?");

  private static final JsonValue NO_PATH = new JsonString("a\0b");
  private static final JsonValue LIST = JsonArray.of();
  private static final JsonValue GROUP = JsonObject.of(NAME, new JsonString("x"));

  private final Service service;
  private final JsonObject needed;
  private final Path directory;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Deque<String> unknown = new ArrayDeque<>();

  private SettingsProbe(Service service, JsonObject needed, Path directory) {
    this.service = service;
    this.needed = needed;
    this.directory = directory;
  }

  /**
   * Asks a service.
   *
   * @param service opens stores
   * @param needed what it does not open without
   * @param directory where relative paths start
   */
  static SettingsProbe of(Service service, JsonObject needed, Path directory) {
    SettingsProbe probe = new SettingsProbe(service, needed, directory);
    probe.open(needed, "");
    while (!probe.unknown.isEmpty()) {
      String key = probe.unknown.removeFirst();
      probe.settings.put(key, probe.value(key));
    }
    return probe;
  }

  /** What is taken for each, by dotted key; those of a group stand behind it. */
  Map<String, String> settings() {
    Map<String, String> sorted = new LinkedHashMap<>();
    settings.keySet().stream()
        .filter(key -> !key.contains("."))
        .forEach(outer ->
            settings.forEach((key, value) -> {
              if (key.equals(outer) || key.startsWith(outer + ".")) {
                sorted.put(key, value);
              }
            }));
    return sorted;
  }

  private String value(String key) {
    open(with(needed, key, GROUP), key);
    open(with(needed, key, JsonObject.of(NAME, GROUP)), key);
    Optional<String> refusal = open(with(needed, key, WORD), key);
    if (refusal.equals(Optional.of(UNCLEAR))) {
      throw new IllegalStateException(service.name() + " does not say what " + key + " takes");
    }
    if (refusal.isPresent()) {
      String words = refusal.get().replaceFirst("^should be ", "");
      if (words.startsWith("one of ")) {
        for (String word : words.substring("one of ".length()).split(", ")) {
          open(with(needed, key, new JsonString(word)), key); // may ask for more
        }
      }
      return words.equals("a group of settings")
          ? "a group"
          : words.startsWith("names a file")
              ? "a path"
              : words.replaceFirst("^should have", "with");
    }
    Optional<String> asPath = open(with(needed, key, NO_PATH), key);
    if (asPath.filter(words -> words.equals("should be the path of a file")).isPresent()) {
      return "a path";
    }
    return open(with(needed, key, LIST), key).isPresent() ? "a text" : "anything";
  }

  /**
   * Opens the service and keeps in mind what it asked for.
   *
   * @return what it said of the key, if anything; {@link #UNCLEAR} when something else keeps it
   *     from opening
   */
  private Optional<String> open(JsonObject given, String key) {
    JsonObject values = given;
    for (int tries = 0; tries < 10; tries++) {
      Settings read = Settings.of(values, directory);
      try {
        TestContext context = TestContext.of(JsonObject.empty(), directory);
        service
            .open(new TestContext(context.resource(), context.idField(), read, context.json()))
            .close();
        return Optional.empty();
      } catch (SettingException wrong) {
        if (general(wrong.key()).equals(key)) {
          return Optional.ofNullable(wrong.getMessage());
        }
        // what the setting cannot do without
        boolean asText =
            Optional.ofNullable(wrong.getMessage()).orElse("").startsWith("is missing");
        values = with(values, wrong.key(), asText ? new JsonString("x") : GROUP);
      } finally {
        note(read);
      }
    }
    return Optional.of(UNCLEAR);
  }

  private void note(Settings read) {
    for (String asked : read.asked()) {
      String key = general(asked);
      if (!settings.containsKey(key) && !unknown.contains(key)) {
        unknown.add(key);
      }
    }
  }

  private static String general(String key) {
    return key.replaceAll("\\." + NAME + "(?=\\.|$)", ".*");
  }

  private static JsonObject with(JsonObject values, String key, JsonValue value) {
    int dot = key.indexOf('.');
    String name = dot < 0 ? key : key.substring(0, dot);
    if (name.equals("*")) {
      name = NAME;
    }
    if (dot < 0) {
      return values.with(name, value);
    }
    JsonObject inner =
        values.get(name).orElse(JsonObject.empty()) instanceof JsonObject group
            ? group
            : JsonObject.empty();
    return values.with(name, with(inner, key.substring(dot + 1), value));
  }
}

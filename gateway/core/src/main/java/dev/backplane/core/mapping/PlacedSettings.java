package dev.backplane.core.mapping;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a service or resource, and where each stands.
 *
 * @param values the settings
 * @param positions the places by dotted key
 */
record PlacedSettings(JsonObject values, Map<String, Position> positions) {
  static final PlacedSettings NONE = new PlacedSettings(JsonObject.empty(), Map.of());

  /** The settings, none when the key is left out; empty when some are wrong, and reported. */
  static Optional<PlacedSettings> read(Fields fields, Key.Group key, Reading reading) {
    Optional<Yaml.Group> group = fields.get(key);
    if (group.isEmpty()) {
      return fields.isWrong(key) ? Optional.empty() : Optional.of(NONE);
    }
    Map<String, Position> positions = new HashMap<>();
    return new Reader(reading, positions)
        .group(group.get(), "")
        .map(values -> new PlacedSettings(values, positions));
  }

  /** These settings over others: groups are merged, anything else here wins. */
  PlacedSettings over(PlacedSettings shared) {
    if (shared.values.members().isEmpty()) {
      return this;
    }
    Map<String, Position> places = new HashMap<>(shared.positions);
    places.putAll(positions);
    return new PlacedSettings(merge(shared.values, values), places);
  }

  private static JsonObject merge(JsonObject shared, JsonObject own) {
    JsonObject.Builder merged = JsonObject.builder().putAll(shared);
    own.members()
        .forEach((key, value) ->
            merged.put(
                key,
                value instanceof JsonObject group
                        && shared.members().get(key) instanceof JsonObject under
                    ? merge(under, group)
                    : value));
    return merged.build();
  }

  /** The keys; never the values, which may be secrets. */
  @Override
  public String toString() {
    return "PlacedSettings" + positions.keySet();
  }

  private record Reader(Reading reading, Map<String, Position> positions) {
    Optional<JsonValue> value(Yaml yaml, String key) {
      return switch (yaml) {
        case Yaml.Scalar scalar -> reading.value(scalar, Names.quoted("settings." + key));
        case Yaml.Items items -> items(items, key);
        case Yaml.Group group -> group(group, key + ".").map(object -> object);
        case Yaml.Broken broken -> Optional.empty();
      };
    }

    Optional<JsonObject> group(Yaml.Group group, String prefix) {
      JsonObject.Builder values = JsonObject.builder();
      boolean right = true;
      for (Yaml.Entry entry : group.entries()) {
        String key = prefix + entry.key();
        positions.put(key, entry.at());
        if (entry.key().contains("${")) {
          reading.report(entry.at(), "variables are replaced in values only, not in this key");
          right = false;
        }
        Optional<JsonValue> value = value(entry.value(), key);
        value.ifPresent(present -> values.put(entry.key(), present));
        right &= value.isPresent();
      }
      return right ? Optional.of(values.build()) : Optional.empty();
    }

    private Optional<JsonValue> items(Yaml.Items items, String key) {
      List<JsonValue> values = new ArrayList<>();
      for (Yaml item : items.values()) {
        value(item, key).ifPresent(values::add);
      }
      return values.size() == items.values().size()
          ? Optional.of(new JsonArray(values))
          : Optional.empty();
    }
  }
}

package dev.backplane.core.mapping;

import dev.backplane.spi.JsonNull;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A group whose keys are known: checked when made, read key by key. */
final class Fields {
  private final Map<String, Yaml.Entry> entries = new HashMap<>();
  private final Set<String> wrong = new HashSet<>();
  private final Reading reading;

  /**
   * Reports the keys that are not known.
   *
   * @param whole what has these keys, for messages
   */
  Fields(Yaml.Group group, List<Key<?>> known, String whole, Reading reading) {
    this.reading = reading;
    List<String> names = known.stream().<String>map(Key::name).toList();
    for (Yaml.Entry entry : group.entries()) {
      if (names.contains(entry.key())) {
        entries.put(entry.key(), entry);
      } else {
        unknown(entry, names, whole);
      }
    }
  }

  private void unknown(Yaml.Entry entry, List<String> names, String whole) {
    Optional<String> nearest = Names.nearest(entry.key(), names);
    nearest.ifPresent(wrong::add);
    reading.report(
        entry.at(),
        Names.quoted(entry.key())
            + " is not a key of "
            + whole
            + nearest.map(name -> "; did you mean " + Names.quoted(name) + "?").orElse(";")
            + " the keys are "
            + names.stream().collect(Collectors.joining(", ")));
  }

  /** What a key says; empty when it is left out, or wrong, which is then reported. */
  <T> Optional<T> get(Key<T> key) {
    Yaml.Entry entry = entries.get(key.name());
    if (entry == null) {
      return Optional.empty();
    }
    int before = reading.mistakes();
    Optional<T> value = get(key, entry);
    if (reading.mistakes() > before || entry.value() instanceof Yaml.Broken) {
      wrong.add(key.name());
    }
    return value;
  }

  private <T> Optional<T> get(Key<T> key, Yaml.Entry entry) {
    if (entry.value() instanceof Yaml.Broken) {
      return Optional.empty();
    }
    if (entry.value() instanceof Yaml.Scalar scalar && scalar.value() == JsonNull.NULL) {
      reading.report(
          entry.at(), Names.quoted(key.name()) + " has no value; it should be " + key.expected());
      return Optional.empty();
    }
    return key.read(entry.value(), reading);
  }

  /** Whether a key was read and is wrong, or was probably meant by one that is not known. */
  boolean isWrong(Key<?> key) {
    return wrong.contains(key.name());
  }

  /** Where a key stands; the fallback when it does not. */
  Position at(Key<?> key, Position fallback) {
    Yaml.Entry entry = entries.get(key.name());
    return entry == null ? fallback : entry.at();
  }

  /** Where each key stands, by its name with a colon before it. */
  Map<String, Position> positions() {
    Map<String, Position> positions = new HashMap<>();
    entries.forEach((name, entry) -> positions.put(":" + name, entry.at()));
    return positions;
  }
}

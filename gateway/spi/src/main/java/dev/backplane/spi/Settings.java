package dev.backplane.spi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that a mapping gives to one resource. Keys are {@code lower-case-with-dashes}. Each
 * method names a key and the type that it has; asking is also how a key becomes known, so ask for
 * every key, whatever the values of the others: one that nobody asked for is a mistake in the
 * mapping.
 *
 * <p>For the thread that opens a store. Values may be secrets: {@link #toString} and the messages
 * of exceptions show keys only.
 */
public final class Settings {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private final String prefix;
  private final JsonObject values;
  private final Path directory;
  private final Set<String> asked;

  private Settings(String prefix, JsonObject values, Path directory, Set<String> asked) {
    this.prefix = prefix;
    this.values = values;
    this.directory = directory;
    this.asked = asked;
  }

  /**
   * Wraps values; the gateway and tests call this.
   *
   * @param values the values by key
   * @param directory what relative paths are relative to: the directory of the mapping
   * @return the settings, nothing asked for yet
   */
  public static Settings of(JsonObject values, Path directory) {
    return new Settings(
        "",
        Objects.requireNonNull(values, "values"),
        Objects.requireNonNull(directory, "directory"),
        new LinkedHashSet<>());
  }

  /**
   * A text that must be there.
   *
   * @param key the setting
   * @return the text, not blank; numbers and booleans as they would be written
   * @throws SettingException when it is missing, blank or not a scalar
   */
  public String string(String key) {
    return optionalString(key).orElseThrow(() -> wrong(key, "is missing: a text is needed"));
  }

  /**
   * A text that may be missing. A blank one counts as missing, so that {@code ${NAME:}} can leave a
   * setting out.
   *
   * @param key the setting
   * @return the text; empty when missing or blank
   * @throws SettingException when it is not a scalar
   */
  public Optional<String> optionalString(String key) {
    return value(key)
        .map(value -> value.text().orElseThrow(() -> wrong(key, "should be a text")))
        .filter(text -> !text.isBlank());
  }

  /**
   * One of several words.
   *
   * @param key the setting
   * @param fallback the word when the setting is missing; the word's case does not matter
   * @param <E> the enum whose constants are the words, {@code A_B} being spelled {@code a-b}
   * @return the constant
   * @throws SettingException when it is none of the words
   */
  public <E extends Enum<E>> E choice(String key, E fallback) {
    Optional<String> text = optionalString(key);
    if (text.isEmpty()) {
      return fallback;
    }
    List<String> words = new ArrayList<>();
    for (E constant : fallback.getDeclaringClass().getEnumConstants()) {
      String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (word.equalsIgnoreCase(text.get())) {
        return constant;
      }
      words.add(word);
    }
    throw wrong(key, "should be one of " + String.join(", ", words));
  }

  /**
   * A whole number.
   *
   * @param key the setting
   * @param fallback the number when the setting is missing
   * @param least the smallest that is allowed
   * @param most the greatest that is allowed
   * @return the number
   * @throws SettingException when it is not a whole number or out of bounds
   */
  public long integer(String key, long fallback, long least, long most) {
    Optional<String> text = optionalString(key);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // the same answer as for a number out of bounds
    }
    throw wrong(key, "should be a whole number from " + least + " to " + most);
  }

  /**
   * A yes or no.
   *
   * @param key the setting
   * @param fallback the answer when the setting is missing
   * @return the answer
   * @throws SettingException when it is neither {@code true} nor {@code false}
   */
  public boolean bool(String key, boolean fallback) {
    Optional<String> text = optionalString(key);
    if (text.isEmpty()) {
      return fallback;
    }
    return switch (text.get()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, "should be true or false");
    };
  }

  /**
   * A length of time, written {@code 500ms}, {@code 5s}, {@code 10m}, {@code 1h} or {@code 7d}.
   *
   * @param key the setting
   * @param fallback the length when the setting is missing
   * @return the length
   * @throws SettingException when it is not written so
   */
  public Duration duration(String key, Duration fallback) {
    Optional<String> text = optionalString(key);
    if (text.isEmpty()) {
      return fallback;
    }
    Matcher matcher = DURATION.matcher(text.get());
    if (!matcher.matches()) {
      throw wrong(key, "should be a time such as 500ms, 5s, 10m, 1h or 7d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /**
   * A file or directory. A relative path is relative to the directory of the mapping.
   *
   * @param key the setting
   * @return the path, which need not exist; empty when the setting is missing
   * @throws SettingException when it is not a path
   */
  public Optional<Path> path(String key) {
    return optionalString(key)
        .map(text -> {
          try {
            return directory.resolve(text).normalize();
          } catch (InvalidPathException invalid) {
            throw wrong(key, "should be the path of a file");
          }
        });
  }

  /**
   * A file or directory, or the usual one when the mapping does not name any.
   *
   * @param key the setting
   * @param fallback the path when the setting is missing, relative to the directory of the mapping
   * @return the path, which need not exist
   * @throws SettingException when it is not a path
   */
  public Path path(String key, String fallback) {
    return path(key).orElseGet(() -> directory.resolve(fallback).normalize());
  }

  /**
   * A list of texts.
   *
   * @param key the setting
   * @return the texts; none when the setting is missing
   * @throws SettingException when it is not a list of scalars
   */
  public List<String> strings(String key) {
    Optional<JsonValue> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof JsonArray array)) {
      throw wrong(key, "should be a list");
    }
    return array.elements().stream()
        .map(each -> each.text().orElseThrow(() -> wrong(key, "should be a list of texts")))
        .toList();
  }

  /**
   * A group of settings.
   *
   * @param key the setting
   * @return the group; empty when the setting is missing
   * @throws SettingException when it is not a group
   */
  public Optional<Settings> section(String key) {
    return value(key)
        .map(value -> {
          if (value instanceof JsonObject group) {
            return new Settings(prefix + key + ".", group, directory, asked);
          }
          throw wrong(key, "should be a group of settings");
        });
  }

  /**
   * Groups of settings by a name that the mapping chooses.
   *
   * @param key the setting
   * @return the groups in the order of the mapping; none when the setting is missing
   * @throws SettingException when it is not a group of groups
   */
  public Map<String, Settings> sections(String key) {
    Map<String, Settings> groups = new LinkedHashMap<>();
    section(key)
        .ifPresent(outer ->
            outer
                .keys()
                .forEach(name ->
                    groups.put(
                        name,
                        outer
                            .section(name)
                            .orElseThrow(
                                () -> outer.wrong(name, "should be a group of settings")))));
    return groups;
  }

  /**
   * The keys that have a value here, for a group whose keys the mapping chooses, such as headers.
   *
   * @return the keys in the order of the mapping, without the group's own
   */
  public Set<String> keys() {
    return values.members().keySet();
  }

  /**
   * Says that a setting is wrong, for what only the service can tell.
   *
   * @param key the setting
   * @param message what is wrong and what was expected; reads on after the key
   * @return the exception, to throw
   */
  public SettingException wrong(String key, String message) {
    return new SettingException(prefix + key, message);
  }

  /**
   * The keys that were asked for so far, whether or not they have a value.
   *
   * @return dotted keys in the order of asking
   */
  public Set<String> asked() {
    return Collections.unmodifiableSet(asked);
  }

  /**
   * The keys that have a value and were not asked for; the gateway calls this after {@link
   * Service#open}.
   *
   * @return dotted keys; a group that nobody asked for counts as one key
   */
  public Set<String> unread() {
    Set<String> unread = new LinkedHashSet<>();
    collectUnread(prefix, values, unread);
    return unread;
  }

  private void collectUnread(String outer, JsonObject group, Set<String> unread) {
    group
        .members()
        .forEach((name, value) -> {
          String key = outer + name;
          if (!asked.contains(key)) {
            unread.add(key);
            return;
          }
          if (value instanceof JsonObject inner) {
            collectUnread(key + ".", inner, unread);
          }
        });
  }

  private Optional<JsonValue> value(String key) {
    asked.add(prefix + key);
    return values.get(key).filter(value -> value != JsonNull.NULL);
  }

  /** The keys; never the values. */
  @Override
  public String toString() {
    return "Settings" + values.members().keySet();
  }
}

package dev.backplane.core.mapping;

import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A key of the mapping: its name, what its value may be, and what it means. The reader and the JSON
 * Schema are both made from it, so that they cannot differ.
 *
 * @param <T> what its value is read as
 */
sealed interface Key<T> {
  String name();

  String description();

  /** What its value may be, as in {@code "page-size" should be ...}. */
  String expected();

  /** Reads a value that is not null; empty when it is wrong, which is then reported. */
  Optional<T> read(Yaml value, Reading reading);

  private static void wrong(Key<?> key, Position at, Reading reading) {
    reading.report(at, Names.quoted(key.name()) + " should be " + key.expected());
  }

  /** A key whose value is one scalar, so that variables may stand in it. */
  sealed interface OfScalar<T> extends Key<T> {
    /**
     * Converts the value.
     *
     * @param replaced whether it came out of a variable, and is a string for that reason
     */
    Optional<T> convert(JsonValue value, boolean replaced);

    @Override
    default Optional<T> read(Yaml value, Reading reading) {
      if (!(value instanceof Yaml.Scalar scalar)) {
        wrong(this, value.at(), reading);
        return Optional.empty();
      }
      Optional<JsonValue> resolved = reading.value(scalar, Names.quoted(name()));
      boolean replaced = scalar.hasVariable();
      if (resolved.isEmpty() || (replaced && isBlank(resolved.get()))) {
        return Optional.empty(); // a variable that is set to nothing leaves the key out
      }
      Optional<T> converted = convert(resolved.get(), replaced);
      if (converted.isEmpty()) {
        wrong(this, scalar.at(), reading);
      }
      return converted;
    }

    private static boolean isBlank(JsonValue value) {
      return value instanceof JsonString string && string.value().isBlank();
    }
  }

  /** A text; at least so many characters, or none where {@code empty} allows to leave it out so. */
  record Text(String name, String description, int atLeast, boolean empty)
      implements OfScalar<String> {
    @Override
    public String expected() {
      return atLeast <= 1
          ? "a text; put numbers, true, false and null in quotes"
          : "a text of at least " + atLeast + " characters";
    }

    @Override
    public Optional<String> convert(JsonValue value, boolean replaced) {
      return value instanceof JsonString(String text) && isRight(text)
          ? Optional.of(text)
          : Optional.empty();
    }

    private boolean isRight(String text) {
      return text.isEmpty() ? empty : text.codePointCount(0, text.length()) >= atLeast;
    }
  }

  /** A name that follows a rule. */
  record Name(String name, String description, NameRule rule) implements OfScalar<String> {
    @Override
    public String expected() {
      return rule.words();
    }

    @Override
    public Optional<String> convert(JsonValue value, boolean replaced) {
      return value.text().filter(text -> value instanceof JsonString && rule.allows(text));
    }
  }

  /** A whole number. */
  record Whole(String name, String description, int least, int most, int fallback)
      implements OfScalar<Integer> {
    @Override
    public String expected() {
      return "a whole number from " + least + " to " + most;
    }

    @Override
    public Optional<Integer> convert(JsonValue value, boolean replaced) {
      Optional<JsonNumber> number =
          switch (value) {
            case JsonNumber plain -> Optional.of(plain);
            case JsonString(String text) when replaced -> JsonNumber.parse(text.strip());
            default -> Optional.empty();
          };
      return number.map(JsonNumber::value).filter(this::isRight).map(BigDecimal::intValueExact);
    }

    private boolean isRight(BigDecimal number) {
      return number.compareTo(BigDecimal.valueOf(least)) >= 0
          && number.compareTo(BigDecimal.valueOf(most)) <= 0
          && number.stripTrailingZeros().scale() <= 0;
    }
  }

  /** A yes or no. */
  record YesNo(String name, String description, boolean fallback) implements OfScalar<Boolean> {
    @Override
    public String expected() {
      return "true or false";
    }

    @Override
    public Optional<Boolean> convert(JsonValue value, boolean replaced) {
      if (value instanceof JsonBoolean || replaced) {
        return switch (value.text().orElse("").strip()) {
          case "true" -> Optional.of(true);
          case "false" -> Optional.of(false);
          default -> Optional.empty();
        };
      }
      return Optional.empty();
    }
  }

  /** One of a few words: those of an enum, in lower case. */
  record Choice<E extends Enum<E>>(String name, String description, Class<E> type, E fallback)
      implements OfScalar<E> {
    List<String> words() {
      return EnumSet.allOf(type).stream().map(Choice::word).toList();
    }

    static String word(Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String expected() {
      return "one of " + String.join(", ", words());
    }

    @Override
    public Optional<E> convert(JsonValue value, boolean replaced) {
      String text = value instanceof JsonString(String written) ? written.strip() : "";
      return EnumSet.allOf(type).stream().filter(each -> word(each).equals(text)).findFirst();
    }
  }

  /** A length of time: a number with ms, s, m, h or d. */
  record Period(String name, String description, Duration least, Duration most, String fallback)
      implements OfScalar<Duration> {
    @Override
    public String expected() {
      return "a length of time such as 500ms, 30s, 10m, 24h or 7d, from "
          + written(least)
          + " to "
          + written(most);
    }

    @Override
    public Optional<Duration> convert(JsonValue value, boolean replaced) {
      return value instanceof JsonString(String text)
          ? parse(text.strip())
              .filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0)
          : Optional.empty();
    }

    Duration fallbackTime() {
      return parse(fallback).orElseThrow();
    }

    private static String written(Duration time) {
      return time.toDays() > 0
          ? time.toDays() + "d"
          : time.toMinutes() > 0 ? time.toMinutes() + "m" : time.toSeconds() + "s";
    }

    private static Optional<Duration> parse(String text) {
      int unit = 0;
      while (unit < text.length() && text.charAt(unit) >= '0' && text.charAt(unit) <= '9') {
        unit++;
      }
      if (unit == 0 || unit > 9) {
        return Optional.empty();
      }
      long amount = Long.parseLong(text.substring(0, unit));
      return switch (text.substring(unit)) {
        case "ms" -> Optional.of(Duration.ofMillis(amount));
        case "s" -> Optional.of(Duration.ofSeconds(amount));
        case "m" -> Optional.of(Duration.ofMinutes(amount));
        case "h" -> Optional.of(Duration.ofHours(amount));
        case "d" -> Optional.of(Duration.ofDays(amount));
        default -> Optional.empty();
      };
    }
  }

  /** So many requests in a length of time, which is written as in {@code 600 in 1m}. */
  record Rate(String name, String description) implements OfScalar<RateLimits.Quota> {
    private static final Period WINDOW =
        new Period("", "", Duration.ofSeconds(1), Duration.ofDays(1), "1s");

    @Override
    public String expected() {
      return "a number of requests and a length of time, such as 10 in 1s, 600 in 1m or 5000 in 1h:"
          + " at least 1 request, in a time from 1s to 1d";
    }

    @Override
    public Optional<RateLimits.Quota> convert(JsonValue value, boolean replaced) {
      String[] parts = value.text().orElse("").strip().split(" in ", -1);
      if (parts.length != 2 || !parts[0].matches("[0-9]{1,9}")) {
        return Optional.empty();
      }
      int requests = Integer.parseInt(parts[0]);
      return WINDOW
          .convert(new JsonString(parts[1]), replaced)
          .filter(window -> requests > 0 && window.toMillis() % 1000 == 0)
          .map(window -> new RateLimits.Quota(requests, window));
    }
  }

  /** A list of texts. */
  record Texts(String name, String description) implements Key<List<String>> {
    @Override
    public String expected() {
      return "a list of texts, such as [one, two]";
    }

    @Override
    public Optional<List<String>> read(Yaml value, Reading reading) {
      if (!(value instanceof Yaml.Items items)) {
        wrong(this, value.at(), reading);
        return Optional.empty();
      }
      List<String> texts = new ArrayList<>();
      items.values().forEach(item -> text(item, reading).ifPresent(texts::add));
      return Optional.of(List.copyOf(texts));
    }

    private Optional<String> text(Yaml item, Reading reading) {
      if (item instanceof Yaml.Broken) {
        return Optional.empty();
      }
      if (!(item instanceof Yaml.Scalar scalar)) {
        wrong(this, item.at(), reading);
        return Optional.empty();
      }
      Optional<JsonValue> value = reading.value(scalar, Names.quoted(name()));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (value.get() instanceof JsonString(String text) && !text.isBlank()) {
        return Optional.of(text);
      }
      if (!scalar.hasVariable()) { // a variable that is set to nothing leaves the text out
        wrong(this, item.at(), reading);
      }
      return Optional.empty();
    }
  }

  /** A number of bytes, also in KB or MB. */
  record Size(String name, String description, int least, int most, String fallback)
      implements OfScalar<Integer> {
    private static final int KILO = 1024;

    @Override
    public String expected() {
      return "a number of bytes such as 65536, 512KB or 1MB, from " + least + " to " + most;
    }

    @Override
    public Optional<Integer> convert(JsonValue value, boolean replaced) {
      String text =
          switch (value) {
            case JsonString(String written) -> written.strip();
            case JsonNumber number -> number.toString();
            default -> "";
          };
      return Optional.of(bytes(text))
          .filter(size -> size >= least && size <= most)
          .map(Math::toIntExact);
    }

    /** The size; -1 when it is not written as one. */
    private static long bytes(String text) {
      int unit = text.endsWith("KB") ? KILO : text.endsWith("MB") ? KILO * KILO : 1;
      String digits = unit == 1 ? text : text.substring(0, text.length() - 2);
      boolean right =
          !digits.isEmpty()
              && digits.length() <= 9
              && digits.chars().allMatch(c -> c >= '0' && c <= '9');
      return right ? Long.parseLong(digits) * unit : -1;
    }

    int fallbackBytes() {
      return Math.toIntExact(bytes(fallback));
    }
  }

  /** A list of operations. */
  record Operations(String name, String description) implements Key<Set<Operation>> {
    static final List<String> WORDS =
        EnumSet.allOf(Operation.class).stream().map(Operation::word).toList();

    @Override
    public String expected() {
      return "a list of operations, such as [create, delete]";
    }

    @Override
    public Optional<Set<Operation>> read(Yaml value, Reading reading) {
      if (!(value instanceof Yaml.Items items)) {
        wrong(this, value.at(), reading);
        return Optional.empty();
      }
      Set<Operation> operations = EnumSet.noneOf(Operation.class);
      items.values().forEach(item -> operation(item, reading).ifPresent(operations::add));
      return Optional.of(operations);
    }

    private Optional<Operation> operation(Yaml item, Reading reading) {
      String key = Names.quoted(name());
      if (item instanceof Yaml.Broken) {
        return Optional.empty();
      }
      if (!(item instanceof Yaml.Scalar scalar)) {
        wrong(this, item.at(), reading);
        return Optional.empty();
      }
      Optional<String> word = reading.value(scalar, key).map(each -> each.text().orElse("null"));
      if (word.isEmpty() || (scalar.hasVariable() && word.get().isBlank())) {
        return Optional.empty();
      }
      Optional<Operation> operation =
          EnumSet.allOf(Operation.class).stream()
              .filter(each -> each.word().equals(word.get()))
              .findFirst();
      if (operation.isEmpty()) {
        reading.report(
            item.at(),
            key
                + " has something here that is not an operation;"
                + Names.nearest(word.get(), WORDS)
                    .map(near -> " did you mean " + Names.quoted(near) + "?")
                    .orElse("")
                + " the operations are "
                + String.join(", ", WORDS));
      }
      return operation;
    }
  }

  /** A group of further keys. */
  record Group(String name, String description, String expected) implements Key<Yaml.Group> {
    @Override
    public Optional<Yaml.Group> read(Yaml value, Reading reading) {
      if (value instanceof Yaml.Group group) {
        return Optional.of(group);
      }
      wrong(this, value.at(), reading);
      return Optional.empty();
    }
  }

  /** A list of groups of further keys. */
  record Groups(String name, String description, String expected) implements Key<List<Yaml.Group>> {
    @Override
    public Optional<List<Yaml.Group>> read(Yaml value, Reading reading) {
      if (!(value instanceof Yaml.Items items)) {
        wrong(this, value.at(), reading);
        return Optional.empty();
      }
      List<Yaml.Group> groups = new ArrayList<>();
      for (Yaml item : items.values()) {
        if (item instanceof Yaml.Group group) {
          groups.add(group);
        } else if (!(item instanceof Yaml.Broken)) {
          wrong(this, item.at(), reading);
        }
      }
      return Optional.of(List.copyOf(groups));
    }
  }
}

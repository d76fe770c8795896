package dev.backplane.core.mapping;

import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Turns the text of a document into {@link Yaml}, within bounds that keep a hostile or broken file
 * from costing time or memory. Built on the parser's events rather than on its nodes: its composer
 * recurses without a bound, merges {@code <<} and keeps keys that stand twice.
 */
final class YamlReader {
  static final int MOST_LEVELS = 32;

  /** An alias counts with all that it stands for. */
  static final int MOST_VALUES = 200_000;

  private static final String TAG = "tag:yaml.org,2002:";

  /** The document is not read any further. */
  private static final class StopException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Position at;
    private final String reason;

    StopException(Position at, String reason) {
      super(reason, null, false, false);
      this.at = at;
      this.reason = reason;
    }
  }

  private final ParserImpl parser;
  private final Reading reading;
  private final Map<String, Yaml> anchors = new HashMap<>();
  private int values;

  private YamlReader(ParserImpl parser, Reading reading) {
    this.parser = parser;
    this.reading = reading;
  }

  /**
   * Reads the only document of a text, nothing being null; empty when that stopped, and the reason
   * is reported.
   */
  static Optional<Yaml> read(String text, Reading reading) {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setCodePointLimit(MappingFile.MOST_BYTES)
              // the whole text: growing bit by bit costs the square of the length of a long token
              .setBufferSize(Math.max(text.length(), 1))
              .build();
      ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
      return new YamlReader(parser, reading).document();
    } catch (StopException stop) {
      reading.report(stop.at, stop.reason);
    } catch (YamlEngineException refused) {
      YamlMistakes.report(refused, text, reading);
    }
    return Optional.empty();
  }

  private Optional<Yaml> document() {
    parser.next(); // the start of the stream
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      return Optional.of(new Yaml.Scalar("", true, new Position(1, 1)));
    }
    parser.next(); // the start of the document
    Yaml root = piece(1);
    parser.next(); // the end of the document
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      reading.report(position(parser.peekEvent()), "a mapping is one document: remove this ---");
    }
    return Optional.of(root);
  }

  private Yaml piece(int level) {
    Event event = parser.next();
    Position at = position(event);
    if (event instanceof AliasEvent alias) {
      return alias(alias, at, level);
    }
    count(1, at);
    Yaml piece =
        switch (event.getEventId()) {
          case Scalar -> scalar((ScalarEvent) event, at);
          case SequenceStart -> items((CollectionStartEvent) event, at, level);
          case MappingStart -> group((CollectionStartEvent) event, at, level);
          default -> throw new StopException(at, YamlMistakes.UNKNOWN);
        };
    // only now: a collection that contains itself would have no end
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), piece));
    return piece;
  }

  private Yaml alias(AliasEvent event, Position at, int level) {
    Yaml target = anchors.get(event.getAlias().getValue());
    if (target == null) {
      reading.report(
          at,
          "this alias (*) has no anchor (&) that ends above it; a text that starts with * needs"
              + " quotes");
      return new Yaml.Broken(at);
    }
    count(target.size(), at);
    requireLevel(level - 1 + target.height(), at);
    return target instanceof Yaml.Scalar scalar
        ? new Yaml.Scalar(scalar.text(), scalar.plain(), at)
        : target;
  }

  private Yaml scalar(ScalarEvent event, Position at) {
    Optional<String> tag = event.getTag();
    if (tag.isEmpty()) {
      return new Yaml.Scalar(event.getValue(), event.isPlain(), at);
    }
    if (tag.get().equals("!") || tag.get().equals(TAG + "str")) {
      return new Yaml.Scalar(event.getValue(), false, at);
    }
    Yaml.Scalar scalar = new Yaml.Scalar(event.getValue(), true, at);
    boolean right =
        switch (tag.get()) {
          case TAG + "int", TAG + "float" -> scalar.value() instanceof JsonNumber;
          case TAG + "bool" -> scalar.value() instanceof JsonBoolean;
          case TAG + "null" -> scalar.value() instanceof JsonNull;
          default -> false;
        };
    return right ? scalar : wrongTag(at);
  }

  private Yaml items(CollectionStartEvent start, Position at, int level) {
    requireLevel(level, at);
    List<Yaml> items = new ArrayList<>();
    int size = 1;
    int height = 0;
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      Yaml item = piece(level + 1);
      items.add(item);
      size += item.size();
      height = Math.max(height, item.height());
    }
    parser.next();
    return hasTag(start, "seq")
        ? wrongTag(at)
        : new Yaml.Items(List.copyOf(items), at, size, height + 1);
  }

  private Yaml group(CollectionStartEvent start, Position at, int level) {
    requireLevel(level, at);
    Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    int size = 1;
    int height = 0;
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Yaml key = piece(level + 1);
      Yaml value = piece(level + 1);
      size += key.size() + value.size();
      height = Math.max(height, Math.max(key.height(), value.height()));
      if (isKey(key) && key instanceof Yaml.Scalar name) {
        add(new Yaml.Entry(name.text(), name.at(), value), entries);
      }
    }
    parser.next();
    return hasTag(start, "map")
        ? wrongTag(at)
        : new Yaml.Group(List.copyOf(entries.values()), at, size, height + 1);
  }

  private boolean isKey(Yaml key) {
    if (key instanceof Yaml.Broken) {
      return false;
    }
    if (!(key instanceof Yaml.Scalar name)) {
      reading.report(key.at(), "a key is a text, not a list or a group");
      return false;
    }
    if (name.plain() && name.text().equals("<<")) {
      reading.report(
          name.at(),
          "merge keys (<<) are not supported; settings that several resources share go under"
              + " services:");
      return false;
    }
    if (!(name.value() instanceof JsonString)) {
      reading.report(name.at(), "a key is a text: put this one in quotes");
      return false;
    }
    return true;
  }

  private void add(Yaml.Entry entry, Map<String, Yaml.Entry> entries) {
    Yaml.Entry first = entries.putIfAbsent(entry.key(), entry);
    if (first != null) {
      String key = Names.quoted(entry.key());
      reading.report(
          entry.at(), key + " stands here twice; the first is in line " + first.at().line());
    }
  }

  private static boolean hasTag(CollectionStartEvent start, String but) {
    return start.getTag().filter(tag -> !tag.equals("!") && !tag.equals(TAG + but)).isPresent();
  }

  private Yaml wrongTag(Position at) {
    reading.report(
        at,
        "this tag (!) is not supported, or does not fit; a text that starts with ! needs quotes");
    return new Yaml.Broken(at);
  }

  private void count(int more, Position at) {
    values += more;
    if (values > MOST_VALUES) {
      throw new StopException(
          at,
          "a mapping has at most "
              + MOST_VALUES
              + " keys and values, an alias (*) counting as often as it is used");
    }
  }

  private static void requireLevel(int level, Position at) {
    if (level > MOST_LEVELS) {
      throw new StopException(at, "this is nested deeper than " + MOST_LEVELS + " levels");
    }
  }

  private static Position position(Event event) {
    return event
        .getStartMark()
        .map(YamlMistakes::position)
        // the parser was told to keep its marks
        .orElseThrow();
  }
}

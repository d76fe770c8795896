package dev.backplane.lambda.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A place in a YAML file, present or not. CloudFormation's short forms read like the long ones:
 * {@code !GetAtt Table.Arn} is a mapping of {@code Fn::GetAtt} to {@code Table.Arn}. Every scalar
 * is text.
 */
final class Tree {
  /** The project's root: the nearest directory upwards that holds the template. */
  static final Path ROOT = root();

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w:.]+)}");

  private final String path;
  private final Optional<Object> value;

  private Tree(String path, Optional<Object> value) {
    this.path = path;
    this.value = value;
  }

  static Tree file(String name) {
    return parse(read(name));
  }

  static String read(String name) {
    try {
      return Files.readString(ROOT.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Tree parse(String yaml) {
    Node node =
        new Compose(LoadSettings.builder().build())
            .composeString(yaml)
            .orElseThrow(() -> new IllegalArgumentException("an empty file"));
    return new Tree("", Optional.of(convert(node)));
  }

  /** The value of a key, or a place that is not there. */
  Tree get(String key) {
    Object child = value.orElse(null) instanceof Map<?, ?> map ? map.get(key) : null;
    return new Tree(path.isEmpty() ? key : path + "." + key, Optional.ofNullable(child));
  }

  /** The value at the end of several keys. */
  Tree at(String... keys) {
    Tree place = this;
    for (String key : keys) {
      place = place.get(key);
    }
    return place;
  }

  boolean exists() {
    return value.isPresent();
  }

  /** Whether another place holds the same, here or elsewhere. */
  boolean sameAs(Tree other) {
    return value.equals(other.value);
  }

  /** What is left of an {@code Fn::If} when its condition holds or does not; else this place. */
  Tree branch(boolean holds) {
    List<Tree> parts = get("Fn::If").items();
    return parts.isEmpty() ? this : parts.get(holds ? 1 : 2);
  }

  /** The names that references below lead to: parameters, resources, their attributes. */
  Set<String> references() {
    Set<String> names = new TreeSet<>();
    all()
        .forEach(place -> {
          names.add(place.get("Ref").text());
          names.add(place.get("Fn::GetAtt").text());
          place.get("Fn::Sub").items().stream()
              .limit(1)
              .flatMap(text -> REFERENCE.matcher(text.text()).results())
              .forEach(found -> names.add(found.group(1)));
        });
    names.remove("");
    return names;
  }

  String path() {
    return path;
  }

  /** The elements of a list; a single value counts as a list of one, as IAM reads it. */
  List<Tree> items() {
    if (!(value.orElse(null) instanceof List<?> list)) {
      return exists() ? List.of(this) : List.of();
    }
    List<Tree> items = new ArrayList<>();
    for (Object item : list) {
      items.add(new Tree(path + "[" + items.size() + "]", Optional.of(item)));
    }
    return items;
  }

  /** The members of a mapping; nothing when it is none. */
  List<Tree> members() {
    return value.orElse(null) instanceof Map<?, ?> map
        ? map.keySet().stream().map(key -> get((String) key)).toList()
        : List.of();
  }

  /** The last key that led here. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** A scalar's text; a reference as {@code Fn::Sub} would write it; otherwise empty. */
  String text() {
    if (value.orElse(null) instanceof Map<?, ?> map && map.size() == 1) {
      return Stream.of("Ref", "Fn::GetAtt")
          .map(this::get)
          .filter(Tree::exists)
          .map(reference -> "${" + reference.text() + "}")
          .findFirst()
          .orElseGet(() -> get("Fn::Sub").exists() ? get("Fn::Sub").text() : "");
    }
    return value.orElse(null) instanceof String text ? text : "";
  }

  List<String> texts() {
    return items().stream().map(Tree::text).toList();
  }

  /** This place and every one below it. */
  Stream<Tree> all() {
    Stream<Tree> below =
        value.orElse(null) instanceof List<?> ? items().stream() : members().stream();
    return Stream.concat(Stream.of(this), below.flatMap(Tree::all));
  }

  @Override
  public String toString() {
    return path + "=" + value.orElse("(nothing)");
  }

  private static Object convert(Node node) {
    Object plain =
        switch (node) {
          case ScalarNode scalar -> scalar.getValue();
          case SequenceNode sequence -> sequence.getValue().stream().map(Tree::convert).toList();
          case MappingNode mapping -> members(mapping);
          default -> throw new IllegalArgumentException("unexpected: " + node);
        };
    String tag = node.getTag().getValue();
    if (!tag.startsWith("!")) {
      return plain;
    }
    String function = tag.substring(1);
    boolean bare = function.equals("Ref") || function.equals("Condition");
    return Map.of(bare ? function : "Fn::" + function, plain);
  }

  private static Map<String, Object> members(MappingNode mapping) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = ((ScalarNode) tuple.getKeyNode()).getValue();
      if (members.put(key, convert(tuple.getValueNode())) != null) {
        throw new IllegalArgumentException("twice in one mapping: " + key);
      }
    }
    return members;
  }

  private static Path root() {
    Path start = Path.of("").toAbsolutePath();
    return Stream.iterate(start, directory -> directory != null, Path::getParent)
        .filter(directory -> Files.exists(directory.resolve("template.yaml")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no template.yaml at or above " + start));
  }
}

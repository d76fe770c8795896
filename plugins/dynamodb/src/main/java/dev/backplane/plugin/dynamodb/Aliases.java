package dev.backplane.plugin.dynamodb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The names and values of one request's expressions. Every name has an alias, one for each segment
 * of a path, and every value is a parameter: nothing that a client sent is ever part of an
 * expression's text.
 */
final class Aliases {
  private final Map<String, String> aliasesByName;
  private final Map<String, AttributeValue> values;

  Aliases() {
    this(new HashMap<>(), new HashMap<>());
  }

  private Aliases(Map<String, String> aliasesByName, Map<String, AttributeValue> values) {
    this.aliasesByName = aliasesByName;
    this.values = values;
  }

  /** For trying an expression out: the service refuses names and values that are not used. */
  Aliases copy() {
    return new Aliases(new HashMap<>(aliasesByName), new HashMap<>(values));
  }

  String name(String attribute) {
    return aliasesByName.computeIfAbsent(attribute, name -> "#n" + aliasesByName.size());
  }

  String path(List<String> segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append(path.isEmpty() ? "" : ".").append(name(segment));
    }
    return path.toString();
  }

  String value(AttributeValue value) {
    String alias = ":v" + values.size();
    values.put(alias, value);
    return alias;
  }

  /** The names by alias, as a request takes them. */
  Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    aliasesByName.forEach((name, alias) -> names.put(alias, name));
    return names;
  }

  Map<String, AttributeValue> values() {
    return Map.copyOf(values);
  }
}

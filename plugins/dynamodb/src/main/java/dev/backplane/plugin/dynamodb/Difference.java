package dev.backplane.plugin.dynamodb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What turns one state of an item into another, as an update expression. */
final class Difference {
  private final Map<String, AttributeValue> set = new LinkedHashMap<>();
  private final List<String> remove;

  Difference(
      KeySchema keys, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    after.forEach((name, value) -> {
      if (!keys.has(name) && !value.equals(before.get(name))) {
        set.put(name, value);
      }
    });
    remove = before.keySet().stream().filter(name -> !after.containsKey(name)).toList();
  }

  /** Whether one expression can say it. */
  boolean fits() {
    return set.size() + remove.size() <= Condition.MOST_OPERATORS
        && expression(new Aliases()).length() + longerAliases() <= Condition.MOST_BYTES;
  }

  /** With the condition's aliases counted before, each of these may be two characters longer. */
  private int longerAliases() {
    return 2 * (2 * set.size() + remove.size());
  }

  /** Never empty: the version attribute differs always. */
  String expression(Aliases aliases) {
    String sets =
        set.entrySet().stream()
            .map(each -> aliases.name(each.getKey()) + " = " + aliases.value(each.getValue()))
            .collect(Collectors.joining(", ", "SET ", ""));
    return remove.isEmpty()
        ? sets
        : remove.stream()
            .map(aliases::name)
            .collect(Collectors.joining(", ", sets + " REMOVE ", ""));
  }
}

package dev.backplane.core.schema;

import dev.harrel.jsonschema.JsonNode;
import java.util.AbstractList;
import java.util.List;

/** Elements that note the number of each that is asked for. */
final class WatchedList extends AbstractList<JsonNode> {
  private final List<JsonNode> elements;
  private final List<Integer> asked;

  WatchedList(List<JsonNode> elements, List<Integer> asked) {
    this.elements = elements;
    this.asked = asked;
  }

  @Override
  public JsonNode get(int index) {
    asked.add(index);
    return elements.get(index);
  }

  @Override
  public int size() {
    return elements.size();
  }
}

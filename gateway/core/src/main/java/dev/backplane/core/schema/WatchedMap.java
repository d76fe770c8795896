package dev.backplane.core.schema;

import dev.harrel.jsonschema.JsonNode;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Members that note each that is asked for while they are gone through. */
final class WatchedMap extends AbstractMap<String, JsonNode> {
  private final Map<String, JsonNode> members;
  private final List<Map.Entry<String, JsonNode>> asked;

  WatchedMap(Map<String, JsonNode> members, List<Map.Entry<String, JsonNode>> asked) {
    this.members = members;
    this.asked = asked;
  }

  @Override
  public Set<Map.Entry<String, JsonNode>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, JsonNode>> iterator() {
        return members.entrySet().stream().map(member -> watched(member)).iterator();
      }

      @Override
      public int size() {
        return members.size();
      }
    };
  }

  private Map.Entry<String, JsonNode> watched(Map.Entry<String, JsonNode> member) {
    return new Map.Entry<>() {
      @Override
      public String getKey() {
        return member.getKey();
      }

      @Override
      public JsonNode getValue() {
        asked.add(member);
        return member.getValue();
      }

      @Override
      public JsonNode setValue(JsonNode value) {
        throw new UnsupportedOperationException();
      }
    };
  }
}

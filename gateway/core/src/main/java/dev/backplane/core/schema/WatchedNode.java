package dev.backplane.core.schema;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SimpleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** An object or an array whose parts are watched. */
record WatchedNode(JsonNode node, Map<String, JsonNode> asObject, List<JsonNode> asArray)
    implements JsonNode {
  @Override
  public String getJsonPointer() {
    return node.getJsonPointer();
  }

  @Override
  public SimpleType getNodeType() {
    return node.getNodeType();
  }

  @Override
  public boolean asBoolean() {
    return node.asBoolean();
  }

  @Override
  public String asString() {
    return node.asString();
  }

  @Override
  public BigInteger asInteger() {
    return node.asInteger();
  }

  @Override
  public BigDecimal asNumber() {
    return node.asNumber();
  }
}

package dev.backplane.core.schema;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value as the validator wants it, without a copy: its numbers keep every digit. */
final class SchemaNode implements JsonNode {
  /** What JSON Pointers have no use for; the validator takes a # for the end of a schema's URI. */
  private static final String HASH = "~2";

  /** Behind the place of an object: one of its names is meant. */
  private static final String NAME = "~3";

  private final JsonValue value;
  private final SimpleType type;
  private final Checking checking;
  private final @Nullable SchemaNode parent;
  private final @Nullable String name;
  private final int index;
  private @Nullable String pointer;
  private @Nullable Map<String, JsonNode> members;

  /** A member of an object that has a name, or an element of an array that has an index. */
  private SchemaNode(
      JsonValue value,
      @Nullable SchemaNode parent,
      @Nullable String name,
      int index,
      Checking checking) {
    this.value = value;
    this.type = type(value);
    this.parent = parent;
    this.name = name;
    this.index = index;
    this.checking = checking;
  }

  static SchemaNode of(JsonValue value) {
    return of(value, Checking.bounded());
  }

  static SchemaNode of(JsonValue value, Checking checking) {
    return new SchemaNode(value, null, null, 0, checking);
  }

  /** Makes nodes of values, and of the texts of the schemas that the validator brings. */
  record Factory(JsonCodec codec) implements JsonNodeFactory {
    @Override
    public JsonNode wrap(Object node) {
      return node instanceof JsonNode made ? made : of((JsonValue) node);
    }

    @Override
    public JsonNode create(String json) {
      return of(codec.read(json.getBytes(StandardCharsets.UTF_8)));
    }
  }

  JsonValue value() {
    return value;
  }

  Checking checking() {
    return checking;
  }

  /** The name of a member as a node of its own, at the place of the object. */
  SchemaNode named(String member) {
    SchemaNode node = new SchemaNode(new JsonString(member), parent, name, index, checking);
    node.pointer = getJsonPointer() + NAME;
    return node;
  }

  /** Whether the node that has this pointer is a name. */
  static boolean isName(String pointer) {
    return pointer.endsWith(NAME);
  }

  /** With more escapes than JSON Pointers have; {@link #place} takes them back. */
  @Override
  public String getJsonPointer() {
    String known = pointer;
    if (known == null) {
      known = parent == null ? "" : in(parent.getJsonPointer());
      known = known.replace("#", HASH);
      pointer = known;
    }
    return known;
  }

  private String in(String whole) {
    return name == null ? whole + '/' + index : Violation.member(whole, name);
  }

  /** Whether a node is another one, a name of it, or inside of it. */
  static boolean isWithin(String pointer, String outer) {
    return pointer.startsWith(outer)
        && (pointer.length() == outer.length()
            || pointer.charAt(outer.length()) == '/'
            || pointer.equals(outer + NAME));
  }

  /** The place (RFC 6901) of a node that has this pointer. */
  static String place(String pointer) {
    String whole = isName(pointer) ? pointer.substring(0, pointer.length() - 2) : pointer;
    return whole.replace(HASH, "#");
  }

  /** A reference that leads the validator, which reads a + as a space, to where it should. */
  static JsonNode reference(String text) {
    int hash = text.indexOf("#/");
    String pointer = hash < 0 ? "" : text.substring(hash);
    String known = pointer.replace("+", "%2B").replace("%23", HASH);
    return of(new JsonString(text.substring(0, text.length() - pointer.length()) + known));
  }

  @Override
  public SimpleType getNodeType() {
    return type;
  }

  @Override
  public boolean asBoolean() {
    return ((JsonBoolean) value).value();
  }

  @Override
  public String asString() {
    return value.text().orElse("null");
  }

  @Override
  public BigInteger asInteger() {
    return asNumber().toBigInteger();
  }

  /** Without zeros behind it, as the validator compares the digits. */
  @Override
  public BigDecimal asNumber() {
    return ((JsonNumber) value).value().stripTrailingZeros();
  }

  /** Makes a node when it is asked for, as an array may be long and is gone through once. */
  @Override
  public List<JsonNode> asArray() {
    List<JsonValue> values = ((JsonArray) value).elements();
    return new AbstractList<>() {
      @Override
      public JsonNode get(int index) {
        return new SchemaNode(values.get(index), SchemaNode.this, null, index, checking);
      }

      @Override
      public int size() {
        return values.size();
      }
    };
  }

  @Override
  public Map<String, JsonNode> asObject() {
    Map<String, JsonNode> known = members;
    if (known == null) {
      Map<String, JsonNode> nodes = new LinkedHashMap<>();
      ((JsonObject) value)
          .members()
          .forEach((key, member) -> nodes.put(key, new SchemaNode(member, this, key, 0, checking)));
      known = Collections.unmodifiableMap(nodes);
      members = known;
    }
    return known;
  }

  private static SimpleType type(JsonValue value) {
    return switch (value) {
      case JsonObject object -> SimpleType.OBJECT;
      case JsonArray array -> SimpleType.ARRAY;
      case JsonString text -> SimpleType.STRING;
      case JsonBoolean bool -> SimpleType.BOOLEAN;
      case JsonNull none -> SimpleType.NULL;
      case JsonNumber number ->
          number.value().scale() <= 0 || number.value().stripTrailingZeros().scale() <= 0
              ? SimpleType.INTEGER
              : SimpleType.NUMBER;
    };
  }
}

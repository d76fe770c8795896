package dev.backplane.plugin.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.KeyType.HASH;
import static software.amazon.awssdk.services.dynamodb.model.KeyType.RANGE;

import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/**
 * The key of a table or of an index.
 *
 * @param partition the attribute that says where an item is kept
 * @param sort the attribute by which the items of one partition are kept in order, if there is one
 */
record KeySchema(KeyAttribute partition, Optional<KeyAttribute> sort) {
  KeySchema {
    Objects.requireNonNull(partition, "partition");
    Objects.requireNonNull(sort, "sort");
  }

  /** As the service describes it. */
  static KeySchema of(List<KeySchemaElement> elements, Map<String, KeyType> types) {
    KeyAttribute partition = null;
    KeyAttribute sort = null;
    for (KeySchemaElement element : elements) {
      String name = element.attributeName();
      KeyType type = types.getOrDefault(name, KeyType.STRING);
      switch (element.keyType()) {
        case HASH -> partition = KeyAttribute.partition(name, type);
        case RANGE -> sort = KeyAttribute.sort(name, type);
        case UNKNOWN_TO_SDK_VERSION ->
            throw new IllegalStateException("a part of a key that the SDK does not know");
      }
    }
    if (partition == null) {
      throw new IllegalStateException("a key without a partition key");
    }
    return new KeySchema(partition, Optional.ofNullable(sort));
  }

  /** As the service takes it. */
  List<KeySchemaElement> elements() {
    List<KeySchemaElement> elements = new ArrayList<>();
    elements.add(element(partition, HASH));
    sort.ifPresent(key -> elements.add(element(key, RANGE)));
    return elements;
  }

  private static KeySchemaElement element(
      KeyAttribute key, software.amazon.awssdk.services.dynamodb.model.KeyType place) {
    return KeySchemaElement.builder().attributeName(key.name()).keyType(place).build();
  }

  /** Both attributes, or the only one. */
  List<KeyAttribute> attributes() {
    List<KeyAttribute> attributes = new ArrayList<>(List.of(partition));
    sort.ifPresent(attributes::add);
    return attributes;
  }

  boolean has(String attribute) {
    return attributes().stream().anyMatch(each -> each.name().equals(attribute));
  }

  /** The key of an id; empty when no item can have this id. */
  Optional<Map<String, AttributeValue>> ofId(String id) {
    return ofId(id, KeyAttribute::ofId);
  }

  /** A key that an item can have and hardly any has. */
  Map<String, AttributeValue> some() {
    return attributes().stream()
        .collect(Collectors.toMap(KeyAttribute::name, each -> each.type().some()));
  }

  /** The key that a filter's operand is equal to, in whatever spelling of a number. */
  Optional<Map<String, AttributeValue>> ofIdOperand(String operand) {
    // parts of a composite id are text: they have one spelling only
    return ofId(operand, sort.isEmpty() ? KeyAttribute::ofIdOperand : KeyAttribute::ofId);
  }

  private Optional<Map<String, AttributeValue>> ofId(
      String id, BiFunction<KeyAttribute, String, Optional<AttributeValue>> part) {
    if (sort.isEmpty()) {
      return part.apply(partition, id).map(value -> Map.of(partition.name(), value));
    }
    Optional<CompositeId> both = CompositeId.parse(id);
    Optional<AttributeValue> first =
        both.flatMap(parts -> part.apply(partition, parts.partition()));
    Optional<AttributeValue> second = both.flatMap(parts -> part.apply(sort.get(), parts.sort()));
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Map.of(partition.name(), first.get(), sort.get().name(), second.get()));
  }

  /** What the id field shows of an item: a number only where the whole key is one. */
  JsonValue id(Map<String, AttributeValue> item) {
    AttributeValue first = value(partition, item);
    if (sort.isPresent()) {
      AttributeValue second = value(sort.get(), item);
      return new JsonString(
          new CompositeId(partition.type().idOf(first), sort.get().type().idOf(second)).text());
    }
    return partition.type() == KeyType.NUMBER
        ? KeyType.number(first)
        : new JsonString(partition.type().idOf(first));
  }

  /** The key alone, out of all attributes. */
  Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    attributes().forEach(each -> key.put(each.name(), value(each, item)));
    return key;
  }

  private static AttributeValue value(KeyAttribute key, Map<String, AttributeValue> item) {
    AttributeValue value = item.get(key.name());
    if (value == null) {
      throw new IllegalStateException("the table's items lack a key attribute of the mapping");
    }
    if (!key.type().fits(value)) {
      throw new IllegalStateException("a key of the table is not of the type in the mapping");
    }
    return value;
  }

  /** What an id looks like, as the end of a sentence about the id field. */
  String expectation() {
    return sort.map(second ->
            "should be \"%s~%s\", the two of %s and %s; in them, ~ and ! are written !7E and !21."
                .formatted(
                    partition.name(), second.name(), partition.expectation(), second.expectation()))
        .orElseGet(() -> simpleExpectation());
  }

  private String simpleExpectation() {
    String should = partition.type() == KeyType.NUMBER ? "should be " : "should have ";
    return should + partition.expectation() + ".";
  }
}

package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.SettingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/**
 * A table that the mapping needs, as far as it says so.
 *
 * @param name its name
 * @param keys its key
 * @param indexes the indexes that the mapping names, each once
 * @param ttl the attribute by which items end
 */
record TableDefinition(
    String name, KeySchema keys, List<AccessPath> indexes, Optional<String> ttl) {
  TableDefinition {
    indexes = List.copyOf(indexes);
  }

  /** As one resource needs it. */
  static TableDefinition of(TableSettings table) {
    return new TableDefinition(
        table.table(),
        table.keys(),
        table.indexes().declared().orElse(List.of()),
        table.fields().expiry().attribute());
  }

  /**
   * The table that two resources need.
   *
   * @throws SettingException when there can be no such table
   */
  TableDefinition with(TableDefinition other) {
    if (!keys.equals(other.keys)) {
      throw contradiction("key", "its key");
    }
    if (ttl.isPresent() && other.ttl.isPresent() && !ttl.equals(other.ttl)) {
      throw contradiction("ttl", "when its items end");
    }
    Map<String, AccessPath> byName = new LinkedHashMap<>();
    indexes.forEach(index -> byName.put(index.index(), index));
    for (AccessPath index : other.indexes) {
      AccessPath same = byName.putIfAbsent(index.index(), index);
      if (same != null && !isSame(same, index)) {
        throw contradiction("indexes." + index.index(), "this index");
      }
    }
    TableDefinition both =
        new TableDefinition(name, keys, List.copyOf(byName.values()), ttl.or(() -> other.ttl));
    both.types();
    return both;
  }

  /** Whether all of a key is there is up to the items, not to the table. */
  private static boolean isSame(AccessPath one, AccessPath other) {
    return one.keys().equals(other.keys())
        && one.global() == other.global()
        && one.whole() == other.whole();
  }

  private SettingException contradiction(String key, String what) {
    return new SettingException(
        key, "contradicts another resource of the table \"" + name + "\" about " + what);
  }

  /** The types of all attributes of keys; each attribute has one. */
  private Map<String, KeyType> types() {
    Map<String, KeyType> types = new LinkedHashMap<>();
    keys.attributes().forEach(key -> types.put(key.name(), key.type()));
    for (AccessPath index : indexes) {
      for (KeyAttribute key : index.keys().attributes()) {
        KeyType type = types.putIfAbsent(key.name(), key.type());
        if (type != null && type != key.type()) {
          throw contradiction(
              "indexes." + index.index(), "the type of the attribute \"" + key.name() + "\"");
        }
      }
    }
    return types;
  }

  /** What makes it. */
  CreateTableRequest request() {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(keys.elements())
            .attributeDefinitions(
                types().entrySet().stream().map(TableDefinition::definition).toList());
    List<GlobalSecondaryIndex> globals = new ArrayList<>();
    List<LocalSecondaryIndex> locals = new ArrayList<>();
    for (AccessPath index : indexes) {
      if (index.global()) {
        globals.add(global(index));
      } else {
        locals.add(local(index));
      }
    }
    if (!globals.isEmpty()) { // the service refuses empty lists
      request.globalSecondaryIndexes(globals);
    }
    if (!locals.isEmpty()) {
      request.localSecondaryIndexes(locals);
    }
    return request.build();
  }

  private static AttributeDefinition definition(Map.Entry<String, KeyType> attribute) {
    return AttributeDefinition.builder()
        .attributeName(attribute.getKey())
        .attributeType(attribute.getValue().scalar())
        .build();
  }

  private static GlobalSecondaryIndex global(AccessPath index) {
    return GlobalSecondaryIndex.builder()
        .indexName(index.index())
        .keySchema(index.keys().elements())
        .projection(projection(index))
        .build();
  }

  private static LocalSecondaryIndex local(AccessPath index) {
    return LocalSecondaryIndex.builder()
        .indexName(index.index())
        .keySchema(index.keys().elements())
        .projection(projection(index))
        .build();
  }

  private static Projection projection(AccessPath index) {
    ProjectionType type = index.whole() ? ProjectionType.ALL : ProjectionType.KEYS_ONLY;
    return Projection.builder().projectionType(type).build();
  }
}

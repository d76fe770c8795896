package dev.backplane.core.schema;

import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * One of the schemas that are about a value.
 *
 * @param schema the schema
 * @param always whether it is about every value, not only about some
 */
record SchemaPart(JsonObject schema, boolean always) {
  /** A member of what the mapping adds to a schema: it names fields, but is no list of them all. */
  static final String MARK = "backplane";

  /** The fields that it names. */
  Map<String, JsonValue> fields() {
    return schema.members().get("properties") instanceof JsonObject properties
        ? properties.members()
        : Map.of();
  }

  /** Whether it names fields, by themselves or by a pattern. */
  boolean listsFields() {
    return schema.get(MARK).isEmpty() && (!fields().isEmpty() || has("patternProperties"));
  }

  /** Whether it says outright that there may be fields that it does not name. */
  boolean allowsOthers() {
    return allows("additionalProperties") || allows("unevaluatedProperties");
  }

  /** Whether it says outright that there may not. */
  boolean refusesOthers() {
    return schema.members().get("additionalProperties") == JsonBoolean.FALSE
        || schema.members().get("unevaluatedProperties") == JsonBoolean.FALSE;
  }

  boolean has(String keyword) {
    return schema.members().containsKey(keyword);
  }

  boolean says(String keyword) {
    return schema.members().get(keyword) == JsonBoolean.TRUE;
  }

  /** The schemas of the first elements of a list. */
  List<JsonValue> prefix() {
    return SubSchemas.under(schema, "prefixItems");
  }

  /** The schemas of an element. */
  List<JsonValue> element(int index) {
    return index < prefix().size()
        ? List.of(prefix().get(index))
        : SubSchemas.under(schema, "items");
  }

  /** The schemas of a field; {@code true} and {@code false} among them say that it is known. */
  List<JsonValue> field(String name, BiPredicate<String, String> matches) {
    List<JsonValue> schemas = new ArrayList<>();
    JsonValue own = fields().get(name);
    if (own != null) {
      schemas.add(own);
    }
    if (schema.members().get("patternProperties") instanceof JsonObject patterns) {
      patterns
          .members()
          .forEach((pattern, value) -> {
            if (matches.test(pattern, name)) {
              schemas.add(value);
            }
          });
    }
    JsonValue others = schema.members().get("additionalProperties");
    if (schemas.isEmpty() && others instanceof JsonObject) {
      schemas.add(others);
    }
    return schemas;
  }

  private boolean allows(String keyword) {
    return has(keyword) && schema.members().get(keyword) != JsonBoolean.FALSE;
  }
}

package dev.backplane.core.openapi;

import dev.backplane.core.mapping.Count;
import dev.backplane.core.mapping.DeleteReturns;
import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.Put;
import dev.backplane.core.mapping.Relation;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Fills the template of a resource's paths: what its operations are, take and answer. */
final class ResourcePaths {
  private final ApiResource resource;
  private final ResourceMapping mapping;
  private final ItemSchemas schemas;
  private final Map<String, JsonValue> words = new HashMap<>();
  private final Set<String> flags = new HashSet<>();

  ResourcePaths(ApiResource resource, ItemSchemas schemas, boolean idempotency) {
    this.resource = resource;
    this.mapping = resource.mapping();
    this.schemas = schemas;
    flag("idempotency", idempotency);
  }

  /**
   * The paths of the resource, without those and the operations that it does not serve.
   *
   * @param templates of the paths and of the answers to writes
   */
  JsonObject paths(JsonObject templates) {
    setFlags();
    setNames();
    setSchemas();
    setExamples();
    for (String answer : List.of("written", "created")) {
      put(answer, fill(templates, answer));
    }
    return fill(templates, "paths");
  }

  private JsonObject fill(JsonObject templates, String name) {
    return new Template(words, flags).fill((JsonObject) templates.get(name).orElseThrow());
  }

  private void setFlags() {
    Set<Operation> served = resource.operations();
    served.forEach(operation -> flags.add(operation.word()));
    boolean creates = served.contains(Operation.CREATE);
    boolean replaces = served.contains(Operation.REPLACE);
    flag("put-partly", creates != replaces);
    flag("require-match", mapping.writes().requireMatch());
    flag("match-optional", !mapping.writes().requireMatch());
    flag("validates", schemas.isKnown() || !mapping.bodies().readOnly().isEmpty());
    flag("counts", mapping.lists().count() != Count.NONE);
    flag("cache-control", mapping.cacheControl().isPresent());
    flag("to-one", !relations(Relation.ToOne.class).isEmpty());
    flag("to-many", !relations(Relation.ToMany.class).isEmpty());
  }

  private void setNames() {
    put("name", mapping.name());
    put("Name", OperationNames.of(mapping.name()));
    put("id", mapping.idField());
    put("pageSize", JsonNumber.of(mapping.lists().pageSize()));
    put("maxPageSize", JsonNumber.of(mapping.lists().maxPageSize()));
    put("toOne", relations(Relation.ToOne.class));
    put("toMany", relations(Relation.ToMany.class));
    put(
        "deleteDescription",
        mapping.writes().deleteReturns() == DeleteReturns.ITEM
            ? "Removes the item and answers with it; without it for `Prefer: return=minimal`."
            : "Removes the item; answers with it for `Prefer: return=representation`.");
    put("putDescription", putDescription());
  }

  private String putDescription() {
    String replace =
        mapping.writes().put() == Put.MERGE
            ? "Changes the fields that the body has and keeps the others."
            : "Replaces the item whole.";
    String create = "With `If-None-Match: *` it creates the item instead.";
    if (!resource.operations().contains(Operation.CREATE)) {
      return replace;
    }
    return resource.operations().contains(Operation.REPLACE)
        ? replace + " " + create
        : "Creates an item, with `If-None-Match: *` only.";
  }

  private void setSchemas() {
    put("readSchema", schemas.read());
    put("patchSchema", schemas.patch());
    put(
        "putSchema",
        mapping.writes().put() == Put.MERGE
            ? schemas.part()
            : JsonObject.of("$ref", new JsonString("#/components/schemas/" + mapping.name())));
    put("filterName", FieldFilters.freeName(schemas.fields(), mapping.idField()));
    put(
        "fieldParameters",
        schemas.isKnown()
            ? FieldFilters.of(schemas.fields(), mapping.idField())
            : new JsonArray(List.of()));
  }

  private void setExamples() {
    Optional<JsonObject> read = example("writeOnly");
    Optional<JsonObject> write = example("readOnly");
    flag("read-example", read.isPresent());
    flag("write-example", write.isPresent());
    read.ifPresent(item -> put("readExample", item));
    write.ifPresent(item -> put("writeExample", item));
    Optional<Map.Entry<String, JsonValue>> change =
        write.stream()
            .flatMap(item -> item.members().entrySet().stream())
            .filter(field -> !field.getKey().equals(mapping.idField()))
            .findFirst();
    flag("patch-example", change.isPresent());
    change.ifPresent(field -> {
      put("patchExample", JsonObject.of(field.getKey(), field.getValue()));
      put("patchField", SchemaKeywords.escape(field.getKey()));
      put("patchValue", field.getValue());
    });
  }

  private Optional<JsonObject> example(String without) {
    if (!schemas.isKnown()) {
      return Optional.of(
          JsonObject.builder()
              .put(mapping.idField(), new JsonString("42"))
              .put("name", new JsonString("An example"))
              .build());
    }
    return new ExampleItem(schemas.components())
        .of(schemas.item(), without)
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast);
  }

  private String relations(Class<? extends Relation> kind) {
    return mapping.relations().values().stream()
        .filter(kind::isInstance)
        .map(Relation::name)
        .collect(Collectors.joining(", "));
  }

  private void flag(String name, boolean holds) {
    if (holds) {
      flags.add(name);
    }
  }

  private void put(String word, String text) {
    put(word, new JsonString(text));
  }

  private void put(String word, JsonValue value) {
    words.put(word, value);
  }
}

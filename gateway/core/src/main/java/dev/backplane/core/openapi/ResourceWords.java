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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the templates say of one resource: the words to fill in, and the flags that hold. */
final class ResourceWords {
  private final ApiResource resource;
  private final ResourceMapping mapping;
  private final ItemSchemas schemas;
  private final Map<String, JsonValue> words = new HashMap<>();
  private final Set<String> flags = new HashSet<>();

  private ResourceWords(ApiResource resource, ItemSchemas schemas) {
    this.resource = resource;
    this.mapping = resource.mapping();
    this.schemas = schemas;
  }

  /**
   * A template with the words of a resource.
   *
   * @param schemas those of the resource
   * @param mappings all resources by their names
   * @param shared the flags that hold for all resources
   */
  static Template of(
      ApiResource resource,
      ItemSchemas schemas,
      Map<String, ResourceMapping> mappings,
      Set<String> shared) {
    ResourceWords its = new ResourceWords(resource, schemas);
    its.flags.addAll(shared);
    its.setFlags();
    its.setNames();
    its.setSchemas();
    its.setExamples();
    its.setRelations(mappings);
    return new Template(its.words, its.flags);
  }

  private void setFlags() {
    Set<Operation> served = resource.operations();
    served.forEach(operation -> flags.add(operation.word()));
    boolean creates = served.contains(Operation.CREATE);
    boolean replaces = served.contains(Operation.REPLACE);
    flag("put-partly", creates != replaces);
    flag("require-match", mapping.writes().requireMatch());
    flag("match-optional", !mapping.writes().requireMatch());
    flag("put-needs-match", mapping.writes().requireMatch() && !creates);
    flag("validates", schemas.isKnown() || !mapping.bodies().readOnly().isEmpty());
    flag("atomic", resource.mostWrites().isPresent());
    flag("counts", mapping.lists().count() != Count.NONE);
  }

  private void setNames() {
    put("name", mapping.name());
    put("Name", OperationNames.of(mapping.name()));
    put("id", mapping.idField());
    put("idPointer", SchemaKeywords.escape(mapping.idField()));
    put("pageSize", JsonNumber.of(mapping.lists().pageSize()));
    put("maxPageSize", JsonNumber.of(mapping.lists().maxPageSize()));
    put("maxBulkSize", JsonNumber.of(mapping.writes().maxBulkSize()));
    int most = mapping.writes().maxBulkSize();
    put("mostWrites", JsonNumber.of(Math.min(most, resource.mostWrites().orElse(most))));
    put("bulkConflict", flags.contains("atomic") ? "NothingWritten" : "Conflict");
    put("bulkOperations", new JsonArray(writes()));
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
            : reference("schemas", mapping.name()));
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
    flag("bulk-create-example", write.isPresent() && flags.contains("create"));
    flag("patch-example", change.isPresent());
    change.ifPresent(field -> {
      put("patchExample", JsonObject.of(field.getKey(), field.getValue()));
      put("patchField", SchemaKeywords.escape(field.getKey()));
      put("patchValue", field.getValue());
    });
  }

  private Optional<JsonObject> example(String without) {
    if (schemas.isKnown()) {
      return new ExampleItem(schemas.components())
          .of(schemas.item(), without)
          .filter(JsonObject.class::isInstance)
          .map(JsonObject.class::cast);
    }
    JsonObject id = JsonObject.of(mapping.idField(), new JsonString("42"));
    // a field that is known has a mark: nobody may set it, or see it
    boolean taken = schemas.fields().containsKey("name");
    return Optional.of(taken ? id : id.with("name", new JsonString("An example")));
  }

  private void setRelations(Map<String, ResourceMapping> mappings) {
    List<JsonValue> toOne = relations(Relation.ToOne.class, mappings);
    List<JsonValue> all = relations(Relation.class, mappings);
    flag("expands", !toOne.isEmpty());
    flag("embeds", !all.isEmpty());
    put("expandable", new JsonArray(toOne));
    put("embeddable", new JsonArray(all));
    String etag = all.isEmpty() ? "ETag" : "ETag-Unless-Expanded";
    put("etag", reference("headers", etag));
  }

  private List<JsonValue> writes() {
    return Stream.of(Operation.CREATE, Operation.REPLACE, Operation.UPDATE, Operation.DELETE)
        .filter(resource.operations()::contains)
        .<JsonValue>map(operation -> new JsonString(operation.word()))
        .toList();
  }

  private static JsonObject reference(String kind, String component) {
    return JsonObject.of("$ref", new JsonString("#/components/" + kind + "/" + component));
  }

  /** What can be followed: relations of a kind, and one relation further from each. */
  private List<JsonValue> relations(
      Class<? extends Relation> kind, Map<String, ResourceMapping> mappings) {
    List<JsonValue> paths = new ArrayList<>();
    mapping.relations().values().stream()
        .filter(kind::isInstance)
        .forEach(relation -> {
          paths.add(new JsonString(relation.name()));
          Optional.ofNullable(mappings.get(relation.resource()))
              .ifPresent(target ->
                  target
                      .relations()
                      .keySet()
                      .forEach(
                          further -> paths.add(new JsonString(relation.name() + "." + further))));
        });
    return paths;
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

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
import java.util.stream.Stream;

/** Fills the template of a resource's paths: what its operations are, take and answer. */
final class ResourcePaths {
  /** What stands in several places. */
  private static final List<String> PIECES =
      List.of("relationWords", "listWords", "itemWords", "page", "item", "written", "created");

  private final ApiResource resource;
  private final ResourceMapping mapping;
  private final ItemSchemas schemas;
  private final JsonObject templates;
  private final Map<String, JsonValue> words = new HashMap<>();
  private final Set<String> flags = new HashSet<>();

  /**
   * The words for one resource.
   *
   * @param templates what is filled
   * @param idempotency whether answers are kept for requests with an {@code Idempotency-Key}
   */
  ResourcePaths(
      ApiResource resource, ItemSchemas schemas, JsonObject templates, boolean idempotency) {
    this.resource = resource;
    this.mapping = resource.mapping();
    this.schemas = schemas;
    this.templates = templates;
    flag("idempotency", idempotency);
    setFlags();
    setNames();
    setSchemas();
    setExamples();
    // each may have those before it in it
    PIECES.forEach(piece -> words.put(piece, fill(piece)));
  }

  /**
   * The paths of the resource, without those and the operations that it does not serve.
   *
   * @param targets the resources that its relations may lead to
   */
  JsonObject paths(Map<String, ResourcePaths> targets) {
    JsonObject.Builder paths = JsonObject.builder().putAll((JsonObject) fill("paths"));
    for (Relation relation : mapping.relations().values()) {
      ResourcePaths target = targets.get(relation.resource());
      if (target != null) {
        Map<String, JsonValue> its = new HashMap<>(target.words);
        its.put("source", new JsonString(mapping.name()));
        its.put("Source", new JsonString(OperationNames.of(mapping.name())));
        its.put("relation", new JsonString(relation.name()));
        String kind = relation instanceof Relation.ToOne ? "toOne" : "toMany";
        paths.putAll((JsonObject) new Template(its, target.flags).fill(template(kind)));
      }
    }
    return paths.build();
  }

  /** What groups the operations of the resource. */
  JsonObject tag() {
    String description = mapping.description().orElse("The resource " + mapping.name() + ".");
    return JsonObject.of("name", new JsonString(mapping.name()))
        .with("description", new JsonString(description));
  }

  private JsonValue fill(String name) {
    return new Template(words, flags).fill(template(name));
  }

  private JsonValue template(String name) {
    return templates.get(name).orElseThrow();
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
    put("maxBulkSize", JsonNumber.of(mapping.writes().maxBulkSize()));
    put("bulkOperations", new JsonArray(writes()));
    put(
        "etag",
        reference("headers", mapping.relations().isEmpty() ? "ETag" : "ETag-Unless-Expanded"));
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

  private List<JsonValue> writes() {
    return Stream.of(Operation.CREATE, Operation.REPLACE, Operation.UPDATE, Operation.DELETE)
        .filter(resource.operations()::contains)
        .<JsonValue>map(operation -> new JsonString(operation.word()))
        .toList();
  }

  private static JsonObject reference(String kind, String component) {
    return JsonObject.of("$ref", new JsonString("#/components/" + kind + "/" + component));
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

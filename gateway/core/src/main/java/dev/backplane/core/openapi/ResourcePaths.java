package dev.backplane.core.openapi;

import dev.backplane.core.mapping.Relation;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The paths of a resource: what its operations are, take and answer. */
final class ResourcePaths {
  /** What stands in several places; each may have those before it in it. */
  private static final List<String> PIECES =
      List.of("relationWords", "listWords", "itemWords", "page", "item", "written", "created");

  private final ResourceMapping mapping;
  private final JsonObject templates;
  private final Template filling;

  /**
   * The paths of a resource.
   *
   * @param mapping what the mapping says of the resource
   * @param its the words of the resource
   * @param templates what is filled
   */
  ResourcePaths(ResourceMapping mapping, Template its, JsonObject templates) {
    this.mapping = mapping;
    this.templates = templates;
    Map<String, JsonValue> words = new HashMap<>(its.words());
    this.filling = new Template(words, its.flags());
    PIECES.forEach(piece -> words.put(piece, filling.fill(template(piece))));
  }

  /**
   * The paths, without those and the operations that are not served.
   *
   * @param targets the resources that relations may lead to
   */
  JsonObject paths(Map<String, ResourcePaths> targets) {
    JsonObject.Builder paths = JsonObject.builder();
    paths.putAll((JsonObject) filling.fill(template("paths")));
    for (Relation relation : mapping.relations().values()) {
      ResourcePaths target = targets.get(relation.resource());
      if (target != null) {
        paths.putAll(path(relation, target.filling));
      }
    }
    return paths.build();
  }

  /** A relation answers as the resource does that it leads to. */
  private JsonObject path(Relation relation, Template target) {
    Map<String, JsonValue> words = new HashMap<>(target.words());
    words.put("source", new JsonString(mapping.name()));
    words.put("Source", new JsonString(OperationNames.of(mapping.name())));
    words.put("relation", new JsonString(relation.name()));
    String kind = relation instanceof Relation.ToOne ? "toOne" : "toMany";
    return (JsonObject) new Template(words, target.flags()).fill(template(kind));
  }

  /** What groups the operations of the resource. */
  JsonObject tag() {
    String description = mapping.description().orElse("The resource " + mapping.name() + ".");
    return JsonObject.of("name", new JsonString(mapping.name()))
        .with("description", new JsonString(description));
  }

  private JsonValue template(String name) {
    return templates.get(name).orElseThrow();
  }
}

package dev.backplane.core;

import dev.backplane.core.http.Json;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.core.schema.JsonSchema;
import dev.backplane.core.schema.JsonSchemas;
import dev.backplane.core.schema.SchemaException;
import dev.backplane.core.schema.Shape;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the schemas of resources, and what it takes to read them when there is the first one. */
final class SchemaOpener {
  private final Path directory;
  private final BiConsumer<ResourceMapping, String> problems;
  private @Nullable JsonSchemas schemas;

  /**
   * Starts without any.
   *
   * @param directory what the paths in the mapping are relative to
   * @param problems takes what is wrong with a resource's schema
   */
  SchemaOpener(Path directory, BiConsumer<ResourceMapping, String> problems) {
    this.directory = directory;
    this.problems = problems;
  }

  /** The resource's schema; empty when it has none, or none that can be used, which is told. */
  Optional<JsonSchema> open(ResourceMapping resource) {
    Optional<String> file = resource.bodies().schema();
    if (file.isEmpty()) {
      requireSense(resource, Optional.empty());
      return Optional.empty();
    }
    if (schemas == null) {
      schemas = new JsonSchemas(Json.CODEC);
    }
    try {
      JsonSchema schema = schemas.read(directory.resolve(file.get()));
      requireSense(resource, Optional.of(schema));
      return Optional.of(schema);
    } catch (SchemaException wrong) {
      wrong.problems().forEach(problem -> problems.accept(resource, "\"schema\" " + problem));
    } catch (InvalidPathException notAPath) {
      problems.accept(resource, "\"schema\" should be the path of a file");
    }
    return Optional.empty();
  }

  private void requireSense(ResourceMapping resource, Optional<JsonSchema> schema) {
    ResourceMapping.Bodies bodies = resource.bodies();
    if (schema.isEmpty() && bodies.writeOnly().isEmpty()) {
      return;
    }
    Shape shape = Shape.of(schema, bodies.readOnly(), bodies.writeOnly());
    if (shape.isContradictory()) {
      problems.accept(resource, "a field is both read-only and write-only, so it is of no use");
    }
    if (shape.field(resource.idField()).filter(Shape::isWriteOnly).isPresent()) {
      problems.accept(resource, "the id is write-only, but items are found by it");
    }
  }
}

package dev.backplane.core.schema;

import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.InvalidSchemaException;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the schemas that a mapping names; for one thread. */
public final class JsonSchemas {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
  private static final int MOST_MISTAKES = 10;

  private final SchemaFiles files;
  private final Validator validator;
  private final Map<Path, JsonSchema> read = new HashMap<>();
  private final Set<URI> registered = new HashSet<>();

  /**
   * Starts without any.
   *
   * @param codec reads the files
   */
  public JsonSchemas(JsonCodec codec) {
    this.files = new SchemaFiles(codec);
    this.validator =
        new ValidatorFactory()
            .withDefaultDialect(new Dialects.Draft2020Dialect())
            .withJsonNodeFactory(new SchemaNode.Factory(codec))
            .withEvaluatorFactory(new Keywords())
            .withMessageProvider(new Words())
            // everything is there before anything is asked for; above all no network
            .withSchemaResolver(uri -> SchemaResolver.Result.empty())
            .createValidator();
    Unevaluated.register(validator);
  }

  /**
   * Reads a schema and all that it refers to.
   *
   * @param file the schema's file
   * @return the schema, the same for the same file
   * @throws SchemaException when it cannot be used
   */
  public JsonSchema read(Path file) {
    Path place = file.toAbsolutePath().normalize();
    JsonSchema known = read.get(place);
    if (known == null) {
      known = make(place);
      read.put(place, known);
    }
    return known;
  }

  private JsonSchema make(Path file) {
    SchemaDocuments documents = new SchemaDocuments(file, files);
    documents.all().forEach(JsonSchemas::requireDraft);
    documents.read().values().forEach(JsonSchemas::requireShortNumbers);
    documents.read().forEach(this::register);
    requireNoCircle(documents);
    return new JsonSchema(documents, validator, documents.root());
  }

  private void register(URI uri, JsonValue schema) {
    if (!registered.add(uri)) {
      return; // another schema refers to the same file
    }
    try {
      validator.registerSchema(uri, SchemaNode.of(schema));
    } catch (InvalidSchemaException invalid) {
      throw new SchemaException(mistakes(invalid));
    } catch (JsonSchemaException | IllegalArgumentException unusable) {
      throw new SchemaException("names a file that is no JSON Schema (2020-12)");
    }
  }

  private static List<String> mistakes(InvalidSchemaException invalid) {
    return Violations.of(invalid.getErrors(), any -> true, MOST_MISTAKES).stream()
        .map(mistake ->
            "names a file that is no JSON Schema (2020-12): "
                + (mistake.pointer().isEmpty() ? "it" : mistake.pointer())
                + " "
                + mistake.message())
        .toList();
  }

  private static void requireDraft(JsonObject schema) {
    boolean other =
        schema
            .get("$schema")
            .flatMap(JsonValue::text)
            .filter(draft -> !draft.equals(DRAFT) && !draft.equals(DRAFT + "#"))
            .isPresent();
    if (other) {
      throw new SchemaException(
          "names a schema of another draft; \"$schema\" should be " + DRAFT + ", or left out");
    }
  }

  /** What is compared with a number of a body is bounded as it is. */
  private static void requireShortNumbers(JsonValue schema) {
    if (JsonSchema.holds(schema)) {
      throw new SchemaException(
          "names a schema with a number of more than " + JsonSchema.MOST_PLACES + " digits");
    }
  }

  /** A schema that says of a value what it says of the value would never be done with it. */
  private static void requireNoCircle(SchemaDocuments documents) {
    IdentityHashMap<JsonObject, Boolean> entered = new IdentityHashMap<>();
    documents.all().forEach(schema -> enter(schema, documents, entered));
  }

  private static void enter(
      JsonObject schema, SchemaDocuments documents, IdentityHashMap<JsonObject, Boolean> entered) {
    Boolean open = entered.putIfAbsent(schema, true);
    if (open != null) {
      if (open) {
        throw new SchemaException("names a schema that refers to itself without end");
      }
      return;
    }
    List<JsonValue> same = new ArrayList<>(SubSchemas.always(schema, documents));
    same.addAll(SubSchemas.sometimes(schema));
    same.addAll(SubSchemas.under(schema, "not"));
    for (JsonValue each : same) {
      if (each instanceof JsonObject object) {
        enter(object, documents, entered);
      }
    }
    entered.put(schema, false);
  }
}

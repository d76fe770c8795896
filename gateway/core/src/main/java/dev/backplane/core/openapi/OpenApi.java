package dev.backplane.core.openapi;

import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the OpenAPI document (version 3.1) of what is served, and of nothing else. The wording is
 * in JSON files beside this class; see {@link Template}. Not on the path of a start.
 *
 * @param resources the resources in the order of the mapping
 * @param maxBodySize the largest body in bytes
 * @param flags what holds for all resources: {@link #IDEMPOTENCY}, {@link #LIMITS}
 */
public record OpenApi(List<ApiResource> resources, int maxBodySize, Set<String> flags) {
  /** Answers are kept for requests with an {@code Idempotency-Key}. */
  public static final String IDEMPOTENCY = "idempotency";

  /** Callers or addresses may ask only so often. */
  public static final String LIMITS = "limits";

  /** Copies the resources. */
  public OpenApi {
    resources = List.copyOf(resources);
    flags = Set.copyOf(flags);
  }

  /**
   * Writes the document.
   *
   * @param prefix what stands before the gateway's own paths, such as an API's stage; may be empty
   * @param json reads the files beside this class
   * @return the document
   */
  public JsonObject document(String prefix, JsonCodec json) {
    JsonObject templates =
        JsonObject.builder()
            .putAll(read("answers.json", json))
            .putAll(read("resource.json", json))
            .build();
    JsonObject shared = read("components.json", json);
    JsonObject document = read("document.json", json);
    JsonObject.Builder schemas = JsonObject.builder();
    Map<String, ResourcePaths> described = new LinkedHashMap<>();
    Map<String, ResourceMapping> mappings = new HashMap<>();
    resources.forEach(resource -> mappings.put(resource.mapping().name(), resource.mapping()));
    for (ApiResource resource : resources) {
      ItemSchemas items = new ItemSchemas(resource);
      items.components().forEach(schemas::put);
      described.put(
          resource.mapping().name(),
          new ResourcePaths(
              resource.mapping(), ResourceWords.of(resource, items, mappings, flags), templates));
    }
    JsonObject.Builder paths = JsonObject.builder();
    List<JsonValue> tags = new ArrayList<>();
    described.forEach((resource, its) -> {
      JsonObject served = its.paths(described);
      paths.putAll(served);
      if (!served.members().isEmpty()) {
        tags.add(its.tag());
      }
    });
    paths.putAll(new Template(Map.of(), flags).fill(group(document, "gateway")));
    JsonObject all = paths.build();
    Map<String, JsonValue> words = new HashMap<>();
    words.put("server", new JsonString(prefix.isEmpty() ? "/" : prefix));
    words.put("version", new JsonString(version()));
    words.put("tags", new JsonArray(tags));
    words.put("paths", all);
    words.put("components", UsedComponents.of(all, components(shared, schemas.build())));
    return new Template(words, Set.of()).fill(group(document, "document"));
  }

  private JsonObject components(JsonObject shared, JsonObject ofResources) {
    JsonObject components = group(shared, "components");
    JsonObject.Builder schemas = JsonObject.builder();
    schemas.putAll(ofResources).putAll(group(components, "schemas"));
    JsonObject.Builder responses = JsonObject.builder().putAll(group(components, "responses"));
    JsonObject problem = group(shared, "problem");
    group(shared, "problems")
        .members()
        .forEach((name, value) -> {
          Template limits =
              new Template(Map.of("maxBodySize", JsonNumber.of(maxBodySize)), Set.of());
          JsonObject words = limits.fill((JsonObject) value);
          String status = words.get("status").flatMap(JsonValue::text).orElseThrow();
          responses.put(name, new Template(problem(words), Set.of(status)).fill(problem));
        });
    return components.with("schemas", schemas.build()).with("responses", responses.build());
  }

  /** What is said of a problem, which has no type of its own unless it says so. */
  private static Map<String, JsonValue> problem(JsonObject words) {
    Map<String, JsonValue> all = new HashMap<>(Map.of("type", new JsonString("about:blank")));
    all.putAll(words.members());
    return all;
  }

  private static JsonObject group(JsonObject of, String name) {
    return (JsonObject) of.get(name).orElseThrow();
  }

  /** Of the jar; there is none where classes are run from a directory. */
  private static String version() {
    return Optional.ofNullable(OpenApi.class.getPackage().getImplementationVersion()).orElse("0");
  }

  private static JsonObject read(String file, JsonCodec json) {
    try (InputStream in = OpenApi.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + file);
      }
      return (JsonObject) json.read(in.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException("the jar cannot be read", broken);
    }
  }
}

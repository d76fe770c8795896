package dev.backplane.core.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.http.Json;
import dev.backplane.core.mapping.MappingReader;
import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.RateLimits;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Makes documents from mappings, and finds things in them. */
final class Documents {
  private Documents() {}

  /** The document of a mapping all of whose stores can write, but one write at a time. */
  static JsonObject of(Path directory, String mapping, Map<URI, JsonValue> schemas)
      throws IOException {
    return of(directory, mapping, schemas, OptionalInt.empty());
  }

  /** The same of stores that can do so many writes as one. */
  static JsonObject of(
      Path directory, String mapping, Map<URI, JsonValue> schemas, OptionalInt mostWrites)
      throws IOException {
    Path file = Files.writeString(directory.resolve("mapping.yaml"), mapping);
    MappingReader.Result read = MappingReader.read(file, Map.of());
    assertThat(read.problems()).isEmpty();
    List<ApiResource> resources = new ArrayList<>();
    for (ResourceMapping resource : read.mapping().resources()) {
      Set<Operation> served = EnumSet.allOf(Operation.class);
      served.removeAll(resource.disabled());
      resources.add(
          new ApiResource(
              resource,
              served,
              mostWrites,
              resource.bodies().schema().isPresent() ? schemas : Map.of()));
    }
    Set<String> flags = new HashSet<>();
    read.mapping().idempotency().ifPresent(settings -> flags.add(OpenApi.IDEMPOTENCY));
    if (!read.mapping().rateLimits().equals(RateLimits.NONE)) {
      flags.add(OpenApi.LIMITS);
    }
    return new OpenApi(resources, 1024, flags).document("", Json.CODEC);
  }

  static JsonValue json(String text) {
    return Json.CODEC.read(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(JsonValue value) {
    return new String(Json.CODEC.write(value), StandardCharsets.UTF_8);
  }

  /** What a JSON Pointer leads to, which has to be there. */
  static JsonValue at(JsonValue value, String pointer) {
    JsonValue at = value;
    for (String token : pointer.split("/", -1)) {
      if (token.isEmpty()) {
        continue;
      }
      String name = SchemaKeywords.unescape(token);
      at =
          at instanceof JsonArray array
              ? array.elements().get(Integer.parseInt(name))
              : ((JsonObject) at)
                  .get(name)
                  .orElseThrow(() -> new AssertionError("no " + pointer + " in " + text(value)));
    }
    return at;
  }

  static Set<String> names(JsonValue value, String pointer) {
    return ((JsonObject) at(value, pointer)).members().keySet();
  }

  /** Every value of a member of this name, wherever it stands. */
  static List<JsonValue> all(JsonValue value, String name) {
    List<JsonValue> found = new ArrayList<>();
    switch (value) {
      case JsonObject object ->
          object
              .members()
              .forEach((member, inner) -> {
                if (member.equals(name)) {
                  found.add(inner);
                }
                found.addAll(all(inner, name));
              });
      case JsonArray array -> array.elements().forEach(each -> found.addAll(all(each, name)));
      default -> {
        // has no members
      }
    }
    return found;
  }
}

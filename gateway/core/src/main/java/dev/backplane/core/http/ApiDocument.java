package dev.backplane.core.http;

import dev.backplane.core.mapping.Mapping;
import dev.backplane.core.mapping.Operation;
import dev.backplane.core.openapi.ApiResource;
import dev.backplane.core.openapi.OpenApi;
import dev.backplane.spi.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document of what is served: written when somebody asks for it first, and kept. Safe
 * for use by many threads.
 */
final class ApiDocument {
  private final Mapping mapping;
  private final List<ServedResource> resources;

  /** For one prefix: a gateway hardly ever has a second one. */
  private final AtomicReference<@Nullable Written> last = new AtomicReference<>();

  ApiDocument(Mapping mapping, List<ServedResource> resources) {
    this.mapping = mapping;
    this.resources = List.copyOf(resources);
  }

  private record Written(String prefix, Content content) {}

  /** The document for clients that reach the gateway with this prefix before its own paths. */
  Content content(String prefix) {
    Written written = last.get();
    if (written == null || !written.prefix().equals(prefix)) {
      Map<String, String> headers = Map.of("Cache-Control", "no-cache");
      written =
          new Written(
              prefix, new Content("application/json", Json.CODEC.write(write(prefix)), headers));
      last.set(written);
    }
    return written.content();
  }

  private JsonObject write(String prefix) {
    List<ApiResource> described = resources.stream().map(ApiDocument::describe).toList();
    OpenApi document =
        new OpenApi(described, mapping.maxBodySize(), mapping.idempotency().isPresent());
    return document.document(prefix, Json.CODEC);
  }

  private static ApiResource describe(ServedResource resource) {
    return new ApiResource(
        resource.mapping(),
        Arrays.stream(Operation.values()).filter(resource::serves).collect(Collectors.toSet()),
        Map.of());
  }
}

package dev.backplane.core.http;

import dev.backplane.core.mapping.Mapping;
import dev.backplane.core.mapping.Operation;
import dev.backplane.core.openapi.ApiResource;
import dev.backplane.core.openapi.OpenApi;
import dev.backplane.spi.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document of what is served: written when somebody asks for it first, and kept. Safe
 * for use by many threads.
 */
final class ApiDocument {
  private static final String TYPE = "application/json";
  private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-cache");

  private final Mapping mapping;
  private final List<ServedResource> resources;

  private final ReentrantLock writing = new ReentrantLock();

  /** For one prefix: a gateway hardly ever has a second one. */
  private volatile @Nullable Written last;

  ApiDocument(Mapping mapping, List<ServedResource> resources) {
    this.mapping = mapping;
    this.resources = List.copyOf(resources);
  }

  private record Written(String prefix, Content content) {}

  /** The document for clients that reach the gateway with this prefix before its own paths. */
  Content content(String prefix) {
    Written written = last;
    if (written != null && written.prefix().equals(prefix)) {
      return written.content();
    }
    writing.lock(); // it may be large: not several at once
    try {
      written = last;
      if (written == null || !written.prefix().equals(prefix)) {
        written = new Written(prefix, new Content(TYPE, Json.CODEC.write(write(prefix)), HEADERS));
        last = written;
      }
      return written.content();
    } finally {
      writing.unlock();
    }
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
        resource.store().mostWrites(),
        // not a method reference, which would link the class and load the validator with it
        resource.schema().map(schema -> schema.sources()).orElse(Map.of()));
  }
}

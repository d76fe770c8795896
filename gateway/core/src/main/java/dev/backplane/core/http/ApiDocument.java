package dev.backplane.core.http;

import dev.backplane.core.http.Policy.Rights;
import dev.backplane.core.mapping.Mapping;
import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.RateLimits;
import dev.backplane.core.mapping.Relation;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.core.openapi.ApiResource;
import dev.backplane.core.openapi.OpenApi;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document of what a caller may do: written when the first one of that kind asks for
 * it, and kept. Safe for use by many threads.
 */
final class ApiDocument {
  private static final String TYPE = "application/json";

  /** As many kinds of callers as are kept. */
  private static final int MOST = 16;

  private static final Map<String, String> HEADERS = Map.of("Cache-Control", "private, no-cache");

  private final Mapping mapping;
  private final List<ServedResource> resources;

  private final ReentrantLock writing = new ReentrantLock();

  /** For one prefix, which hardly ever changes, by what callers may do. */
  private volatile Written last = new Written("", Map.of());

  ApiDocument(Mapping mapping, List<ServedResource> resources) {
    this.mapping = mapping;
    this.resources = List.copyOf(resources);
  }

  private record Written(String prefix, Map<List<Rights>, Content> contents) {
    Written with(List<Rights> rights, Content content) {
      Map<List<Rights>, Content> all = new HashMap<>(contents.size() < MOST ? contents : Map.of());
      all.put(rights, content);
      return new Written(prefix, Map.copyOf(all));
    }
  }

  /** Everything, whoever may do it. */
  byte[] whole() {
    return Json.CODEC.write(write("", resources));
  }

  /** The document for a caller that reaches the gateway with this prefix before its own paths. */
  Content content(String prefix, Caller caller) {
    List<ServedResource> seen = resources.stream().map(each -> each.as(caller)).toList();
    List<Rights> rights = seen.stream().map(ServedResource::rights).toList();
    Content known = find(prefix, rights);
    if (known != null) {
      return known;
    }
    writing.lock(); // it may be large: not several at once
    try {
      known = find(prefix, rights);
      if (known != null) {
        return known;
      }
      Content content = new Content(TYPE, Json.CODEC.write(write(prefix, seen)), HEADERS);
      Written written = last.prefix().equals(prefix) ? last : new Written(prefix, Map.of());
      last = written.with(rights, content);
      return content;
    } finally {
      writing.unlock();
    }
  }

  private @Nullable Content find(String prefix, List<Rights> rights) {
    Written written = last;
    return written.prefix().equals(prefix) ? written.contents().get(rights) : null;
  }

  private JsonObject write(String prefix, List<ServedResource> seen) {
    Map<String, ServedResource> byName = new HashMap<>();
    seen.forEach(each -> byName.put(each.name(), each));
    List<ApiResource> described = seen.stream().map(each -> describe(each, byName)).toList();
    Set<String> flags = new HashSet<>();
    if (mapping.idempotency().isPresent()) {
      flags.add(OpenApi.IDEMPOTENCY);
    }
    if (!mapping.rateLimits().equals(RateLimits.NONE)) {
      flags.add(OpenApi.LIMITS);
    }
    return new OpenApi(described, mapping.maxBodySize(), flags).document(prefix, Json.CODEC);
  }

  private static ApiResource describe(ServedResource resource, Map<String, ServedResource> all) {
    Map<String, Relation> followed = new LinkedHashMap<>(resource.mapping().relations());
    followed.values().removeIf(relation -> !mayFollow(relation, all));
    return new ApiResource(
        resource.mapping().shownAs(bodies(resource), followed),
        Arrays.stream(Operation.values())
            .filter(operation -> resource.serves(operation) && resource.permits(operation))
            .collect(Collectors.toSet()),
        resource.store().mostWrites(),
        // not a method reference, which would link the class and load the validator with it
        resource.schema().map(schema -> schema.sources()).orElse(Map.of()));
  }

  private static boolean mayFollow(Relation relation, Map<String, ServedResource> all) {
    ServedResource target = all.get(relation.resource());
    return target != null
        && target.permits(relation instanceof Relation.ToOne ? Operation.GET : Operation.LIST);
  }

  /**
   * What the caller cannot read is write-only to them, and what they cannot write read-only. What
   * is both is not there, but where a schema names it.
   */
  private static ResourceMapping.Bodies bodies(ServedResource resource) {
    ResourceMapping.Bodies bodies = resource.mapping().bodies();
    Rights rights = resource.rights();
    List<FieldPath> readOnly = new ArrayList<>(bodies.readOnly());
    rights.unwritable().fields().stream()
        .filter(field -> !readOnly.contains(field))
        .forEach(readOnly::add);
    List<FieldPath> writeOnly = new ArrayList<>(bodies.writeOnly());
    writeOnly.addAll(rights.unreadable());
    if (bodies.schema().isEmpty()) {
      readOnly.removeAll(rights.unwritable().unreadable());
      writeOnly.removeAll(rights.unwritable().unreadable());
    }
    return new ResourceMapping.Bodies(bodies.schema(), bodies.unknownFields(), readOnly, writeOnly);
  }
}

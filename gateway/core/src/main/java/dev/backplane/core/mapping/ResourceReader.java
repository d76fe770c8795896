package dev.backplane.core.mapping;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonNull;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the entries under {@code resources:}. */
final class ResourceReader {
  private final Map<String, Optional<NamedService>> services;
  private final Reading all;

  /**
   * Reads entries that may refer to services.
   *
   * @param services the named ones; empty: one that is wrong, and reported
   */
  ResourceReader(Map<String, Optional<NamedService>> services, Reading all) {
    this.services = services;
    this.all = all;
  }

  /** The resource; empty when its service or settings are wrong, which is then reported. */
  Optional<ResourceMapping> read(Yaml.Entry entry) {
    checkName(entry);
    Reading reading = all.in("resource " + Names.quoted(entry.key()));
    return switch (entry.value()) {
      case Yaml.Group group -> resource(entry, group, reading);
      case Yaml.Scalar scalar when scalar.value() != JsonNull.NULL ->
          resource(entry, oneKey(scalar), reading);
      case Yaml.Broken broken -> Optional.empty();
      case Yaml other -> {
        reading.report(entry.at(), "this should be a service, or a group with service: in it");
        yield Optional.empty();
      }
    };
  }

  private void checkName(Yaml.Entry entry) {
    String name = Names.quoted(entry.key());
    if (Keys.RESERVED.contains(entry.key())) {
      all.report(entry.at(), name + " is the gateway's own; give the resource another name");
    } else if (!Keys.RESOURCE_NAME.allows(entry.key())) {
      all.report(entry.at(), name + " is not a resource's name: " + Keys.RESOURCE_NAME.words());
    }
  }

  /** What {@code name: service} is short for. */
  private static Yaml.Group oneKey(Yaml.Scalar service) {
    var entry = new Yaml.Entry(Keys.SERVICE.name(), service.at(), service);
    return new Yaml.Group(List.of(entry), service.at(), 1, 1);
  }

  private Optional<ResourceMapping> resource(Yaml.Entry entry, Yaml.Group group, Reading reading) {
    Fields fields = new Fields(group, Keys.OF_RESOURCE, "a resource", reading);
    Optional<String> service = fields.get(Keys.SERVICE);
    if (service.isEmpty() && !fields.isWrong(Keys.SERVICE)) {
      reading.report(
          fields.at(Keys.SERVICE, entry.at()),
          "\"service\" is missing; it names what answers for the resource");
    }
    Optional<PlacedSettings> settings = PlacedSettings.read(fields, Keys.SETTINGS, reading);
    Optional<String> description = fields.get(Keys.DESCRIPTION).filter(text -> !text.isBlank());
    String idField = fields.get(Keys.ID).orElse("id");
    ResourceMapping.Lists lists = lists(fields, reading);
    ResourceMapping.Writes writes = writes(fields);
    ResourceMapping.Bodies bodies = bodies(fields, reading);
    Optional<String> cacheControl = fields.get(Keys.CACHE_CONTROL);
    Map<String, Relation> relations = new RelationReader(fields, reading).read();
    Set<Operation> disabled = fields.get(Keys.DISABLED).orElse(Set.of());
    Optional<Access> access = new AccessReader(fields, reading).read();
    checkAccess(access, idField, cacheControl, fields, reading);
    Optional<NamedService> named = service.flatMap(this::named);
    if (named.isEmpty() || settings.isEmpty()) {
      return Optional.empty();
    }
    PlacedSettings merged = settings.get().over(named.get().settings());
    Map<String, Position> positions = new HashMap<>(merged.positions());
    positions.put("", entry.at());
    positions.putAll(fields.positions());
    return Optional.of(
        new ResourceMapping(
            entry.key(),
            named.get().kind(),
            merged.values(),
            positions,
            idField,
            disabled,
            description,
            lists,
            writes,
            bodies,
            cacheControl,
            relations,
            access));
  }

  /** The entry of that name, or else the service itself; empty when the entry is wrong. */
  private Optional<NamedService> named(String service) {
    return services.getOrDefault(
        service, Optional.of(new NamedService(service, PlacedSettings.NONE)));
  }

  private static void checkAccess(
      Optional<Access> access,
      String idField,
      Optional<String> cacheControl,
      Fields fields,
      Reading reading) {
    if (access.isEmpty()) {
      return;
    }
    Position at = fields.at(Keys.ACCESS, new Position(1, 1));
    if (access.get().fields().containsKey(new FieldPath(List.of(idField)))) {
      reading.report(
          at, "\"fields\" has the id, by which items are found: it cannot be restricted");
    }
    if (cacheControl
        .filter(words -> !words.matches("(?s).*\\b(private|no-store)\\b.*"))
        .isPresent()) {
      reading.report(
          fields.at(Keys.CACHE_CONTROL, at),
          "\"cache-control\" should have private or no-store in it, as not every client may see the"
              + " same");
    }
  }

  private static ResourceMapping.Lists lists(Fields fields, Reading reading) {
    int maxPageSize = fields.get(Keys.MAX_PAGE_SIZE).orElse(Keys.MAX_PAGE_SIZE.fallback());
    return new ResourceMapping.Lists(
        pageSize(fields, maxPageSize, reading),
        maxPageSize,
        fields.get(Keys.SCAN_LIMIT).orElse(Keys.SCAN_LIMIT.fallback()),
        fields.get(Keys.COUNT).orElse(Keys.COUNT.fallback()));
  }

  private static ResourceMapping.Writes writes(Fields fields) {
    return new ResourceMapping.Writes(
        fields.get(Keys.PUT).orElse(Keys.PUT.fallback()),
        fields.get(Keys.DELETE_RETURNS).orElse(Keys.DELETE_RETURNS.fallback()),
        fields.get(Keys.REQUIRE_MATCH).orElse(Keys.REQUIRE_MATCH.fallback()),
        fields.get(Keys.MAX_BULK_SIZE).orElse(Keys.MAX_BULK_SIZE.fallback()));
  }

  private static ResourceMapping.Bodies bodies(Fields fields, Reading reading) {
    Optional<String> schema = fields.get(Keys.SCHEMA);
    UnknownFields unknown = fields.get(Keys.UNKNOWN_FIELDS).orElse(UnknownFields.ALLOW);
    if (unknown != UnknownFields.ALLOW && schema.isEmpty() && !fields.isWrong(Keys.SCHEMA)) {
      reading.report(
          fields.at(Keys.UNKNOWN_FIELDS, new Position(1, 1)),
          "\"unknown-fields\" needs \"schema\", which says what fields there are");
    }
    return new ResourceMapping.Bodies(
        schema,
        unknown,
        paths(fields, Keys.READ_ONLY, reading),
        paths(fields, Keys.WRITE_ONLY, reading));
  }

  private static List<FieldPath> paths(Fields fields, Key.Texts key, Reading reading) {
    List<FieldPath> paths = new ArrayList<>();
    for (String dotted : fields.get(key).orElse(List.of())) {
      RelationReader.path(key, dotted, fields.at(key, new Position(1, 1)), reading)
          .ifPresent(paths::add);
    }
    return paths;
  }

  private static int pageSize(Fields fields, int maxPageSize, Reading reading) {
    Optional<Integer> pageSize = fields.get(Keys.PAGE_SIZE);
    boolean comparable = pageSize.isPresent() && !fields.isWrong(Keys.MAX_PAGE_SIZE);
    if (comparable && pageSize.get() > maxPageSize) {
      reading.report(
          fields.at(Keys.PAGE_SIZE, new Position(1, 1)),
          "\"page-size\" should not be greater than \"max-page-size\", which is "
              + Keys.MAX_PAGE_SIZE.fallback()
              + " when left out");
    }
    return Math.min(pageSize.orElse(Keys.PAGE_SIZE.fallback()), maxPageSize);
  }
}

package dev.backplane.core.mapping;

import dev.backplane.spi.JsonNull;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a mapping file, and finds every mistake in it at once. */
public final class MappingReader {
  private final Reading reading;

  /**
   * What was read.
   *
   * @param mapping what could be understood: a resource is in it when its service and its settings
   *     are right, with defaults for what else is wrong, so that the gateway can look for further
   *     mistakes. It may only be served when there are no problems
   * @param problems every mistake, in the order of the file
   */
  public record Result(Mapping mapping, List<Problem> problems) {
    /** Copies the problems. */
    public Result {
      problems = List.copyOf(problems);
    }
  }

  private MappingReader(Reading reading) {
    this.reading = reading;
  }

  /**
   * Reads a mapping. A file that is missing or unreadable is a problem like any other.
   *
   * @param file the mapping
   * @param environment the variables that it may refer to
   * @return the mapping and its problems
   */
  public static Result read(Path file, Map<String, String> environment) {
    Reading reading = Reading.of(environment);
    return result(MappingFile.read(file, reading), reading);
  }

  /** As {@link #read(Path, Map)}, of a file's content. */
  static Result read(byte[] utf8, Map<String, String> environment) {
    Reading reading = Reading.of(environment);
    return result(MappingFile.text(utf8, reading), reading);
  }

  /**
   * The JSON Schema (2020-12) of a mapping, made from the same keys that are read.
   *
   * @return the schema as JSON text
   */
  public static String schema() {
    return MappingSchema.text();
  }

  private static Result result(Optional<String> text, Reading reading) {
    Mapping mapping =
        text.flatMap(yaml -> YamlReader.read(yaml, reading))
            .flatMap(root -> new MappingReader(reading).mapping(root))
            .orElse(Mapping.EMPTY);
    return new Result(mapping, reading.problems());
  }

  private Optional<Mapping> mapping(Yaml root) {
    if (!(root instanceof Yaml.Group group)) {
      notAGroup(root);
      return Optional.empty();
    }
    Fields top = new Fields(group, Keys.TOP, "the mapping", reading);
    int maxBodySize = top.get(Keys.MAX_BODY_SIZE).orElse(Keys.MAX_BODY_SIZE.fallbackBytes());
    Optional<String> cursorSecret = top.get(Keys.CURSOR_SECRET).filter(text -> !text.isBlank());
    ResourceReader resources = new ResourceReader(services(top), reading);
    List<ResourceMapping> read = new ArrayList<>();
    List<Yaml.Entry> entries = top.get(Keys.RESOURCES).map(Yaml.Group::entries).orElse(List.of());
    if (entries.isEmpty() && !top.isWrong(Keys.RESOURCES)) {
      Position at = top.at(Keys.RESOURCES, root.at());
      reading.report(
          at, "there are no resources; add one, such as \"mocks: memory\" under resources:");
    }
    entries.forEach(entry -> resources.read(entry).ifPresent(read::add));
    List<String> names = entries.stream().map(Yaml.Entry::key).toList();
    TopReader others = new TopReader(top, reading);
    Optional<Cors> cors = others.cors();
    Optional<Idempotency> idempotency = others.idempotency(names);
    Optional<Authentication> authentication = new AuthenticationReader(top, reading).read();
    Optional<DefaultAccess> defaultAccess = top.get(Keys.DEFAULT_ACCESS);
    RateLimitsReader limits = new RateLimitsReader(top, reading);
    Mapping mapping =
        new Mapping(
            read,
            maxBodySize,
            cursorSecret,
            cors,
            idempotency,
            authentication,
            defaultAccess,
            limits.read(),
            limits.trustedProxies());
    // what keeps answers is not served, so nothing can lead to it
    List<String> served = names.stream().filter(name -> !mapping.isKeeper(name)).toList();
    read.forEach(resource -> checkRelations(resource, read, served));
    return Optional.of(mapping);
  }

  private void checkRelations(
      ResourceMapping resource, List<ResourceMapping> read, List<String> names) {
    Position at =
        resource.positions().getOrDefault(":" + Keys.RELATIONS.name(), new Position(1, 1));
    Reading inside = reading.in("resource " + Names.quoted(resource.name()));
    for (Relation relation : resource.relations().values()) {
      String leads = "relation " + Names.quoted(relation.name()) + " leads to ";
      if (!names.contains(relation.resource())) {
        inside.report(at, leads + Names.noSuchResource(relation.resource(), names));
      }
      Operation needed = relation instanceof Relation.ToOne ? Operation.GET : Operation.LIST;
      read.stream()
          .filter(target -> target.name().equals(relation.resource()))
          .filter(target -> target.disabled().contains(needed))
          .forEach(target ->
              inside.report(
                  at,
                  leads
                      + "resource "
                      + Names.quoted(target.name())
                      + ", where \""
                      + needed.word()
                      + "\" is disabled, so that no client would get to see it"));
    }
  }

  private void notAGroup(Yaml root) {
    if (root instanceof Yaml.Scalar scalar && scalar.value() == JsonNull.NULL) {
      reading.report("the file is empty; a mapping has at least one entry under resources:");
    } else if (!(root instanceof Yaml.Broken)) {
      reading.report(root.at(), "a mapping starts with keys, such as resources:");
    }
  }

  private Map<String, Optional<NamedService>> services(Fields top) {
    Map<String, Optional<NamedService>> services = new HashMap<>();
    top.get(Keys.SERVICES)
        .ifPresent(
            group -> group.entries().forEach(entry -> services.put(entry.key(), service(entry))));
    return services;
  }

  private Optional<NamedService> service(Yaml.Entry entry) {
    String name = Names.quoted(entry.key());
    if (!Keys.SERVICE_NAME.allows(entry.key())) {
      reading.report(entry.at(), name + " should be " + Keys.SERVICE_NAME.words());
    }
    Reading inside = reading.in("service " + name);
    if (!(entry.value() instanceof Yaml.Group group)) {
      if (!(entry.value() instanceof Yaml.Broken)) {
        inside.report(entry.at(), "this should be a group with settings: in it");
      }
      return Optional.empty();
    }
    Fields fields = new Fields(group, Keys.OF_SERVICE, "a service", inside);
    Optional<String> kind = fields.get(Keys.KIND);
    Optional<PlacedSettings> settings = PlacedSettings.read(fields, Keys.SHARED_SETTINGS, inside);
    if (fields.isWrong(Keys.KIND)) {
      return Optional.empty();
    }
    return settings.map(placed -> new NamedService(kind.orElse(entry.key()), placed));
  }
}

package dev.backplane.core;

import dev.backplane.core.http.HttpApi;
import dev.backplane.core.http.Json;
import dev.backplane.core.http.Propagation;
import dev.backplane.core.http.ServedResource;
import dev.backplane.core.mapping.Mapping;
import dev.backplane.core.mapping.Names;
import dev.backplane.core.mapping.Problem;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.core.plugin.OpenStore;
import dev.backplane.core.plugin.PluginException;
import dev.backplane.core.plugin.Plugins;
import dev.backplane.core.schema.JsonSchema;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import dev.backplane.spi.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store of every resource and collects what is wrong, so that it is all told at once. */
final class StoreOpener {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final Plugins plugins;
  private final Path directory;
  private final Optional<Set<String>> active;
  private final StoreObserver observer;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<List<Object>> told = new HashSet<>();
  private final Map<String, ServedResource> before = new HashMap<>();
  private final SchemaOpener schemas;
  private final RuleOpener rules = new RuleOpener(problems::add);

  /**
   * Opens for one reading of the mapping.
   *
   * @param options where relative paths start, and which services are allowed
   * @param plugins what opens stores
   * @param before what is served so far; a store goes on where nothing that it knows of changed
   */
  StoreOpener(Gateway.Options options, Plugins plugins, List<ServedResource> before) {
    this.plugins = plugins;
    this.observer = options.observer();
    before.forEach(resource -> this.before.put(resource.mapping().name(), resource));
    this.directory =
        Optional.ofNullable(options.mapping().toAbsolutePath().getParent()).orElse(Path.of(""));
    this.schemas =
        new SchemaOpener(directory, (resource, wrong) -> problem(resource, ":schema", wrong));
    this.active =
        Optional.of(EnvironmentVariable.ACTIVE_SERVICES.in(options.environment()))
            .filter(names -> !names.isBlank())
            .map(names ->
                Arrays.stream(names.split(",", -1)).map(String::strip).collect(Collectors.toSet()));
  }

  List<ServedResource> open(Mapping mapping) {
    List<ServedResource> opened = new ArrayList<>();
    for (ResourceMapping resource : mapping.resources()) {
      Optional<JsonSchema> schema = schemas.open(resource);
      open(resource).ifPresent(store -> opened.add(served(mapping, resource, store, schema)));
    }
    opened.stream()
        .filter(resource -> mapping.isKeeper(resource.mapping().name()))
        .forEach(keeper ->
            HttpApi.whyNoKeeper(keeper).ifPresent(why -> problem(keeper.mapping(), "", why)));
    return opened;
  }

  private ServedResource served(
      Mapping mapping, ResourceMapping resource, OpenStore store, Optional<JsonSchema> schema) {
    return new ServedResource(
        resource,
        store,
        schema,
        mapping.access(resource).map(access -> rules.open(resource, access)));
  }

  /** Starts what was opened, where nothing was wrong with it. */
  void start(List<ServedResource> opened) {
    for (ServedResource resource : opened) {
      if (kept(resource.mapping()).isPresent()) {
        continue; // it has been started
      }
      try {
        resource.store().start();
      } catch (SettingException wrong) {
        wrong(resource.mapping(), wrong);
      } catch (StoreException failure) {
        LOG.debug("resource {} did not start", resource.mapping().name(), failure);
        problem(resource.mapping(), "", "its store did not start: " + failure.getMessage());
      }
    }
  }

  /** Asks the started stores that keep answers whether they can. */
  void checkKeepers(Mapping mapping, List<ServedResource> started) {
    for (ServedResource resource : started) {
      String name = resource.mapping().name();
      if (!mapping.isKeeper(name)) {
        continue;
      }
      try {
        HttpApi.whyNoIds(resource).ifPresent(why -> problem(resource.mapping(), "", why));
      } catch (StoreException unknown) {
        // a backend that is away stops no start: requests with a key fail until it is back
        LOG.warn("resource {} does not tell whether it can keep answers", name, unknown);
      }
    }
  }

  List<Problem> problems() {
    return problems;
  }

  private Optional<OpenStore> open(ResourceMapping resource) {
    String service = resource.service();
    if (active.isPresent() && !active.get().contains(service)) {
      problem(
          resource,
          "",
          "service \"" + service + "\" is not among those that ACTIVE_SERVICES allows");
      return Optional.empty();
    }
    Optional<OpenStore> kept = kept(resource);
    if (kept.isPresent()) {
      return kept;
    }
    Context context =
        new Context(
            resource.name(),
            resource.idField(),
            Settings.of(resource.settings(), directory),
            observer);
    try {
      OpenStore store = plugins.open(service, context, observer::begin);
      requireRead(resource, context.settings());
      return Optional.of(store);
    } catch (SettingException wrong) {
      wrong(resource, wrong);
    } catch (PluginException broken) {
      problem(resource, "", String.valueOf(broken.getMessage()));
    }
    return Optional.empty();
  }

  /** The store of before, when opening it anew would give a store the same in all but its data. */
  private Optional<OpenStore> kept(ResourceMapping resource) {
    return Optional.ofNullable(before.get(resource.name()))
        .filter(served -> isSame(served.mapping(), resource))
        .map(ServedResource::store)
        .filter(plugins::hasPluginOf);
  }

  /** Whether all that a service gets to know is the same. */
  private static boolean isSame(ResourceMapping one, ResourceMapping other) {
    return one.service().equals(other.service())
        && one.idField().equals(other.idField())
        && one.settings().equals(other.settings());
  }

  private void requireRead(ResourceMapping resource, Settings settings) {
    for (String key : settings.unread()) {
      String nearest =
          Names.nearest(key, settings.asked())
              .map(name -> " (did you mean \"" + name + "\"?)")
              .orElse("");
      problem(
          resource,
          key,
          "service \""
              + resource.service()
              + "\" has no setting \""
              + key
              + "\""
              + nearest
              + "; its settings are "
              + String.join(", ", settings.asked()));
    }
  }

  private void wrong(ResourceMapping resource, SettingException wrong) {
    problem(resource, wrong.key(), "setting \"" + wrong.key() + "\" " + wrong.getMessage());
  }

  private void problem(ResourceMapping resource, String key, String message) {
    Problem problem = resource.problem(key, message);
    // a setting that resources share is wrong in one place, however many of them read it
    if (told.add(List.of(problem.position(), message))) {
      problems.add(problem);
    }
  }

  /** What a service gets to know. */
  private record Context(String resource, String idField, Settings settings, StoreObserver observer)
      implements StoreContext {
    @Override
    public JsonCodec json() {
      return Json.CODEC;
    }

    @Override
    public Map<String, String> propagated() {
      return Propagation.current(observer.propagated());
    }
  }
}

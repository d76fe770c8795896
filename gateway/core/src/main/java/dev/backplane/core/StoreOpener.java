package dev.backplane.core;

import dev.backplane.core.http.Json;
import dev.backplane.core.http.ServedResource;
import dev.backplane.core.mapping.Mapping;
import dev.backplane.core.mapping.Names;
import dev.backplane.core.mapping.Problem;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.core.plugin.OpenStore;
import dev.backplane.core.plugin.PluginException;
import dev.backplane.core.plugin.Plugins;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Opens the store of every resource and collects what is wrong, so that it is all told at once. */
final class StoreOpener {
  private static final String ACTIVE_SERVICES = "ACTIVE_SERVICES";

  private final Plugins plugins;
  private final Path directory;
  private final Optional<Set<String>> active;
  private final List<Problem> problems = new ArrayList<>();

  StoreOpener(Gateway.Options options, Plugins plugins) {
    this.plugins = plugins;
    this.directory =
        Optional.ofNullable(options.mapping().toAbsolutePath().getParent()).orElse(Path.of(""));
    this.active =
        Optional.ofNullable(options.environment().get(ACTIVE_SERVICES))
            .filter(names -> !names.isBlank())
            .map(names ->
                Arrays.stream(names.split(",", -1)).map(String::strip).collect(Collectors.toSet()));
  }

  List<ServedResource> open(Mapping mapping) {
    List<ServedResource> opened = new ArrayList<>();
    for (ResourceMapping resource : mapping.resources()) {
      open(resource).ifPresent(store -> opened.add(new ServedResource(resource, store)));
    }
    return opened;
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
    Context context =
        new Context(
            resource.name(), resource.idField(), Settings.of(resource.settings(), directory));
    try {
      OpenStore store = plugins.open(service, context);
      requireRead(resource, context.settings());
      return Optional.of(store);
    } catch (SettingException wrong) {
      problem(resource, wrong.key(), "setting \"" + wrong.key() + "\" " + wrong.getMessage());
    } catch (PluginException broken) {
      problem(resource, "", String.valueOf(broken.getMessage()));
    }
    return Optional.empty();
  }

  private void requireRead(ResourceMapping resource, Settings settings) {
    for (String key : settings.unread()) {
      String nearest =
          Names.nearest(key, settings.asked())
              .map(name -> "; did you mean \"" + name + "\"?")
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
              + (nearest.isEmpty() ? "; it has " : " It has ")
              + String.join(", ", settings.asked()));
    }
  }

  private void problem(ResourceMapping resource, String key, String message) {
    problems.add(resource.problem(key, message));
  }

  /** What a service gets to know. */
  private record Context(String resource, String idField, Settings settings)
      implements StoreContext {
    @Override
    public JsonCodec json() {
      return Json.CODEC;
    }
  }
}

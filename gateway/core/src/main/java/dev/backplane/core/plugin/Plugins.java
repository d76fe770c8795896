package dev.backplane.core.plugin;

import dev.backplane.core.mapping.Names;
import dev.backplane.spi.StoreContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The plugins that are there: flat ones on the gateway's class path, isolated ones in directories.
 * Immutable once discovered; plugins that did not change are passed on to the next discovery.
 * {@link #open} is called on one thread at a time.
 */
public final class Plugins implements AutoCloseable {
  /**
   * A plugin that was found.
   *
   * @param origin the jar or directory; {@code class path} where it cannot be told
   * @param services the names of the services that it brings and that can be used
   * @param problem what is wrong with it or with some of its services; empty when nothing is
   */
  public record Found(String origin, List<String> services, Optional<String> problem) {
    /** Copies the names. */
    public Found {
      services = List.copyOf(services);
    }
  }

  private final List<Found> found = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, LoadedService> services = new TreeMap<>();
  private final Map<String, String> ambiguous = new LinkedHashMap<>();
  private final Map<String, List<Scan.Result>> flat = new LinkedHashMap<>(); // by origin
  private final List<IsolatedPlugin> isolated = new ArrayList<>();
  private final ClassLoader gateway;
  private final List<Path> copied;

  private Plugins(ClassLoader gateway, List<Path> copied) {
    this.gateway = gateway;
    this.copied = copied;
  }

  /**
   * Finds the plugins that the gateway's own class loader sees, and in each directory one plugin
   * for each entry that is a jar or a directory of jars. Makes one instance of each service to
   * learn its name, and opens nothing. A plugin that is broken is left out.
   *
   * @param directories directories of plugins
   * @return what was found
   */
  public static Plugins discover(List<Path> directories) {
    return discover(directories, List.of());
  }

  /**
   * As {@link #discover(List)}.
   *
   * @param directories directories of plugins
   * @param copied those whose jars are copied before they are loaded, because they may be written
   *     over while their plugins are at work
   * @return what was found
   */
  public static Plugins discover(List<Path> directories, List<Path> copied) {
    // Not the system loader: Lambda's runtime loads the function in a loader of its own.
    Plugins plugins = new Plugins(Plugins.class.getClassLoader(), copied);
    plugins.findFlat();
    return plugins.find(directories, List.of());
  }

  static Plugins discover(List<Path> directories, ClassLoader gateway) {
    Plugins plugins = new Plugins(gateway, List.of());
    plugins.findFlat();
    return plugins.find(directories, List.of());
  }

  /**
   * Looks again, and keeps each plugin whose jars are the same: its classes, its one instance, and
   * so whatever its stores share.
   *
   * @param directories directories of plugins
   * @return what is found now; it has plugins in common with these
   */
  public Plugins discoverAgain(List<Path> directories) {
    Plugins again = new Plugins(gateway, copied);
    again.flat.putAll(flat);
    return again.find(directories, isolated);
  }

  private Plugins find(List<Path> directories, List<IsolatedPlugin> known) {
    flat.forEach(this::add);
    SharedPackages shared = new SharedPackages(gateway);
    Set<Path> seen = new HashSet<>();
    for (Path directory : directories) {
      if (seen.add(directory.toAbsolutePath().normalize())) {
        PluginDirectory read = PluginDirectory.read(directory);
        addDirectory(
            read,
            known,
            entry -> IsolatedPlugin.load(entry, shared, copied.contains(directory), read.lock()));
      }
    }
    return this;
  }

  /**
   * What was found, what can be used and what cannot.
   *
   * @return the flat ones, then directory by directory in the order of the names
   */
  public List<Found> found() {
    return Collections.unmodifiableList(found);
  }

  /**
   * The services that there are.
   *
   * @return their names, sorted
   */
  public Set<String> names() {
    return Collections.unmodifiableSet(services.keySet());
  }

  /**
   * What must stop the start whatever the mapping needs: a directory that cannot be read, an entry
   * that is no plugin, a jar that the directory's lock keeps out, two services of one name.
   *
   * @return one sentence each; none when all is well
   */
  public List<String> problems() {
    return Collections.unmodifiableList(problems);
  }

  /**
   * Opens the store of one resource. Whether every setting was read is for the caller to check.
   *
   * @param service the name of the service
   * @param context the resource and its settings
   * @return the store, which the caller closes
   * @throws PluginException when nobody brings the service, two do, or it fails
   * @throws dev.backplane.spi.SettingException when the service refuses a setting
   */
  public OpenStore open(String service, StoreContext context) {
    return open(service, context, CallObserver.NONE);
  }

  /**
   * As {@link #open(String, StoreContext)}, with somebody who observes.
   *
   * @param service the name of the service
   * @param context the resource and its settings
   * @param observer is told of the calls of the store
   * @return the store, which the caller closes
   */
  public OpenStore open(String service, StoreContext context, CallObserver observer) {
    LoadedService loaded = services.get(service);
    if (loaded == null) {
      throw new PluginException(unknown(service));
    }
    String twice = ambiguous.get(service);
    if (twice != null) {
      throw new PluginException(twice);
    }
    return loaded.open(context, observer);
  }

  /**
   * Whether a store is of a plugin that is one of these, so that it can be kept.
   *
   * @param store a store that was opened by these or by others
   * @return whether {@link #open} would ask the same instance of the same service
   */
  public boolean hasPluginOf(OpenStore store) {
    LoadedService service = services.get(store.service());
    return service != null
        && !ambiguous.containsKey(store.service())
        && store.isFrom(service.loader());
  }

  /**
   * Whether a service would be there twice if its plugin was added to these. A plugin of the same
   * file name does not count, as it would be replaced.
   *
   * @param added the service
   * @return the sentence about the two; empty when its name is free
   */
  Optional<String> twice(LoadedService added) {
    LoadedService there = services.get(added.name());
    if (there == null) {
      return Optional.empty();
    }
    boolean replaced =
        Path.of(there.origin()).getFileName().equals(Path.of(added.origin()).getFileName());
    return replaced ? Optional.empty() : Optional.of(Mistakes.twice(there, added));
  }

  /** Lets go of the jars; call when every store is closed. */
  @Override
  public void close() {
    closeAllBut(List.of());
  }

  /**
   * Lets go of the jars that others do not use.
   *
   * @param others those that go on; call when every store that is not theirs is closed
   */
  public void closeAllBut(Collection<Plugins> others) {
    for (IsolatedPlugin plugin : isolated) {
      if (others.stream().noneMatch(other -> other.isolated.contains(plugin))) {
        plugin.close();
      }
    }
  }

  private void findFlat() {
    try {
      for (Scan.Result result : Scan.of(gateway, Optional.empty())) {
        flat.computeIfAbsent(result.origin(), origin -> new ArrayList<>()).add(result);
      }
    } catch (IOException unreadable) {
      problems.add(Mistakes.unreadable("the class path", unreadable));
    }
  }

  private void addDirectory(
      PluginDirectory directory,
      List<IsolatedPlugin> known,
      Function<PluginDirectory.Entry, IsolatedPlugin> load) {
    directory.problem().ifPresent(problems::add);
    for (PluginDirectory.Entry entry : directory.entries()) {
      String origin = entry.path().toString();
      if (entry.problem().isPresent()) {
        leaveOut(origin, List.of(), entry.problem().get());
      } else if (entry.jars().isEmpty()) {
        refuse(origin, Mistakes.noJar(origin));
      } else {
        addIsolated(
            known.stream()
                .filter(plugin -> plugin.isStill(entry, directory.lock()))
                .findFirst()
                .orElseGet(() -> load.apply(entry)));
      }
    }
  }

  private void addIsolated(IsolatedPlugin plugin) {
    isolated.add(plugin);
    if (plugin.refusal().isPresent()) {
      refuse(plugin.origin(), plugin.refusal().get());
    } else if (plugin.problem().isPresent()) {
      leaveOut(plugin.origin(), List.of(), plugin.problem().get());
    } else if (plugin.results().isEmpty()) {
      refuse(plugin.origin(), Mistakes.noService(plugin.origin()));
    } else {
      add(plugin.origin(), plugin.results());
    }
  }

  private void add(String origin, List<Scan.Result> results) {
    List<String> names = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (Scan.Result result : results) {
      if (result.service().isPresent()) {
        add(result.service().get());
        names.add(result.service().get().name());
      }
      if (result.problem().isPresent()) {
        broken.add(result.problem().get());
      }
    }
    if (broken.isEmpty()) {
      found.add(new Found(origin, names, Optional.empty()));
      return;
    }
    leaveOut(origin, names, origin + ": " + String.join("; ", broken));
  }

  private void add(LoadedService service) {
    LoadedService first = services.putIfAbsent(service.name(), service);
    if (first != null) {
      String problem = Mistakes.twice(first, service);
      problems.add(problem);
      ambiguous.putIfAbsent(service.name(), problem);
    }
  }

  private void refuse(String origin, String problem) {
    problems.add(problem);
    found.add(new Found(origin, List.of(), Optional.of(problem)));
  }

  private void leaveOut(String origin, List<String> usable, String problem) {
    found.add(new Found(origin, usable, Optional.of(problem)));
  }

  private String unknown(String service) {
    String known =
        services.isEmpty()
            ? "; there are no services at all"
            : Names.nearest(service, names())
                    .map(name -> "; did you mean " + Names.quoted(name) + "?")
                    .orElse(";")
                + " the services are "
                + String.join(", ", names());
    List<String> broken = found.stream().flatMap(plugin -> plugin.problem().stream()).toList();
    return "no plugin brings a service "
        + Names.quoted(service)
        + known
        + (broken.isEmpty() ? "" : "; left out as broken: " + String.join("; ", broken));
  }
}

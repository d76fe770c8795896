package dev.backplane.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks at one plugin as its author would want it looked at: loads it as a gateway would, and reads
 * its classes besides, for what would only show when a request needs it. For one thread.
 */
public final class PluginCheck {
  /**
   * What was found.
   *
   * @param services the class of each service by the service's name
   * @param abilities the interfaces of the SPI that its classes implement, by simple name
   * @param java the oldest Java that has all its classes; 0 when it has none
   * @param jars how many jars it consists of
   * @param remarks what is useless but does no harm, one sentence each
   * @param problems what is wrong, one sentence each that names the place
   */
  public record Result(
      Map<String, String> services,
      Set<String> abilities,
      int java,
      int jars,
      List<String> remarks,
      List<String> problems) {}

  private final Path file;
  private final List<Path> directories;
  private final Map<String, String> services = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private final Set<String> problems = new LinkedHashSet<>();

  private PluginCheck(Path file, List<Path> directories) {
    this.file = file;
    this.directories = directories;
  }

  /**
   * Looks at a plugin.
   *
   * @param file a jar, or a directory of jars
   * @param directories the plugin directories that it is to be used with: the names of its services
   *     should be free there, and their locks should list it
   * @return what was found, mistakes included
   */
  public static Result of(Path file, List<Path> directories) {
    return new PluginCheck(file, directories).run();
  }

  private Result run() {
    Optional<PluginDirectory.Entry> entry =
        Files.exists(file) ? PluginDirectory.Entry.at(file) : Optional.empty();
    if (entry.isEmpty()) {
      problems.add(
          Files.exists(file)
              ? file + " is neither a jar nor a directory of jars; name the plugin"
              : file + " does not exist; name a jar, or a directory of jars");
      return result(Optional.empty(), 0);
    }
    List<Path> jars = entry.get().jars();
    if (entry.get().problem().isPresent()) {
      problems.add(entry.get().problem().get());
      return result(Optional.empty(), 0);
    }
    if (jars.isEmpty()) {
      problems.add(Mistakes.noJar(file.toString()));
      return result(Optional.empty(), 0);
    }
    Optional<PackedClasses> classes = Optional.empty();
    SharedPackages shared = new SharedPackages(PluginCheck.class.getClassLoader());
    try (IsolatedPlugin plugin =
        IsolatedPlugin.load(entry.get(), shared, false, Optional.empty())) {
      findServices(plugin);
      classes = Optional.of(readClasses(jars, new PluginLoader(file, jars, shared)));
    } catch (IOException failure) {
      problems.add(Mistakes.unreadable(file.toString(), failure));
    }
    findLocks(entry.get());
    return result(classes, jars.size());
  }

  private Result result(Optional<PackedClasses> classes, int jars) {
    return new Result(
        services,
        classes.map(PackedClasses::abilities).orElseGet(TreeSet::new),
        classes.map(PackedClasses::java).orElse(0),
        jars,
        remarks,
        List.copyOf(problems));
  }

  private void findServices(IsolatedPlugin plugin) {
    plugin.problem().ifPresent(problems::add);
    if (plugin.problem().isEmpty() && plugin.results().isEmpty()) {
      problems.add(Mistakes.noService(file.toString()));
    }
    Map<String, LoadedService> own = new LinkedHashMap<>();
    try (Plugins others = Plugins.discover(directories)) {
      for (Scan.Result result : plugin.results()) {
        result.problem().ifPresent(problem -> problems.add(file + ": " + problem));
        if (result.service().isEmpty()) {
          continue;
        }
        LoadedService service = result.service().get();
        others.twice(service).ifPresent(problems::add);
        LoadedService first = own.putIfAbsent(service.name(), service);
        if (first != null) {
          problems.add(Mistakes.twice(first, service));
        }
        services.putIfAbsent(service.name(), service.service().getClass().getName());
      }
    }
  }

  private PackedClasses readClasses(List<Path> jars, PluginLoader loader) throws IOException {
    try (loader) {
      PackedClasses classes = PackedClasses.read(jars);
      String found = String.join("\n", problems); // by loading; not said again
      if (classes.java() > Runtime.version().feature()
          && !found.contains(Mistakes.WAS_COMPILED_FOR)) {
        problems.add(file + ": " + Mistakes.tooNew(classes.newest(), classes.java()));
      }
      List<String> missing =
          classes.missing(services.values(), loader).stream()
              .filter(pair -> !found.contains(" " + pair.missing() + " is missing"))
              .map(PackedClasses.Use::describe)
              .toList();
      if (!missing.isEmpty()) {
        problems.add(file + ": " + Mistakes.missingLater(missing));
      }
      if (classes.ofTheSpi() > 0) {
        problems.add(file + Mistakes.bundlesTheSpi(classes.ofTheSpi()));
      }
      if (classes.ofLogging() > 0) {
        remarks.add(file + Mistakes.bundlesLogging(classes.ofLogging()));
      }
      return classes;
    }
  }

  /** Each directory that it is to be in, or is in already. */
  private void findLocks(PluginDirectory.Entry entry) {
    Set<Path> looked = new TreeSet<>(directories);
    Path parent = file.toAbsolutePath().normalize().getParent();
    if (parent != null
        && directories.stream().noneMatch(each -> parent.equals(absolute(each)))
        && Files.exists(parent.resolve(PluginsLock.FILE))) {
      looked.add(Optional.ofNullable(file.normalize().getParent()).orElse(Path.of(".")));
    }
    for (Path directory : looked) {
      PluginDirectory read = PluginDirectory.read(directory);
      read.problem().ifPresent(problems::add);
      Path there = directory.resolve(file.toAbsolutePath().normalize().getFileName());
      if (read.lock().isPresent()) {
        for (Path jar : entry.jars()) {
          Path place = Files.isDirectory(file) ? there.resolve(jar.getFileName()) : there;
          read.lock().get().refusal(place, jar).ifPresent(problems::add);
        }
      }
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}

package dev.backplane.core.plugin;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * The plugins that lie in a directory: each jar, and each directory of jars. Hidden entries and
 * other files, such as a README, are none.
 *
 * @param entries the plugins, by name
 * @param lock which jars may be loaded; empty: all
 * @param problem why the directory cannot be read, or what its lock misses; empty when all is well
 */
record PluginDirectory(List<Entry> entries, Optional<PluginsLock> lock, Optional<String> problem) {
  /**
   * A plugin.
   *
   * @param path the jar or the directory
   * @param jars its jars, by name
   * @param problem what of it cannot be read; empty when all can
   */
  record Entry(Path path, List<Path> jars, Optional<String> problem) {
    /** What is at a path; empty when it is neither a jar nor a directory. */
    static Optional<Entry> at(Path path) {
      if (Files.isDirectory(path)) {
        return Optional.of(directoryOfJars(path));
      }
      return isJar(path) ? Optional.of(of(path, List.of(path))) : Optional.empty();
    }

    private static Entry of(Path path, List<Path> jars) {
      for (Path jar : jars) {
        // The class loader would skip a broken jar without a word.
        try {
          new JarFile(jar.toFile()).close();
        } catch (IOException failure) {
          return unreadable(path, jar, failure);
        }
      }
      return new Entry(path, jars, Optional.empty());
    }

    private static Entry unreadable(Path path, Path what, IOException failure) {
      String problem = Mistakes.unreadable(what.toString(), failure);
      return new Entry(path, List.of(), Optional.of(problem));
    }
  }

  static PluginDirectory read(Path directory) {
    PluginsLock.Reading lock = PluginsLock.read(directory);
    if (lock.problem().isPresent()) {
      return failed(lock.problem().get());
    }
    PluginDirectory found = withoutLock(directory);
    if (found.problem().isPresent() || lock.lock().isEmpty()) {
      return found;
    }
    return new PluginDirectory(
        found.entries(), lock.lock(), lock.lock().get().missing(found.jars()));
  }

  /** What is there, whether or not it may be loaded. */
  static PluginDirectory withoutLock(Path directory) {
    if (!Files.exists(directory)) {
      return failed("the plugin directory " + directory + " does not exist; create it");
    }
    if (!Files.isDirectory(directory)) {
      return failed(directory + " is not a directory; name the one that the plugins are in");
    }
    try {
      List<Entry> entries = new ArrayList<>();
      for (Path path : list(directory)) {
        Entry.at(path).ifPresent(entries::add);
      }
      return new PluginDirectory(List.copyOf(entries), Optional.empty(), Optional.empty());
    } catch (IOException failure) {
      return failed(Mistakes.unreadable("the plugin directory " + directory, failure));
    }
  }

  private static Entry directoryOfJars(Path path) {
    try {
      List<Path> jars = list(path);
      jars.removeIf(file -> !isJar(file));
      return Entry.of(path, List.copyOf(jars));
    } catch (IOException failure) {
      return Entry.unreadable(path, path, failure);
    }
  }

  private static boolean isJar(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".jar");
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path path : stream) {
        if (!path.getFileName().toString().startsWith(".")) {
          paths.add(path);
        }
      }
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }

    Collections.sort(paths);
    return paths;
  }

  private static PluginDirectory failed(String problem) {
    return new PluginDirectory(List.of(), Optional.empty(), Optional.of(problem));
  }

  /** The jars of all plugins that can be read. */
  List<Path> jars() {
    return entries.stream().flatMap(entry -> entry.jars().stream()).toList();
  }
}

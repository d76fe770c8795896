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
 * @param problem why the directory cannot be read; empty when it can
 */
record PluginDirectory(List<Entry> entries, Optional<String> problem) {
  /**
   * A plugin.
   *
   * @param path the jar or the directory
   * @param jars its jars, by name
   * @param problem what of it cannot be read; empty when all can
   */
  record Entry(Path path, List<Path> jars, Optional<String> problem) {
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
    if (!Files.exists(directory)) {
      return failed("the plugin directory " + directory + " does not exist; create it");
    }
    if (!Files.isDirectory(directory)) {
      return failed(directory + " is not a directory; name the one that the plugins are in");
    }
    try {
      return new PluginDirectory(
          list(directory).stream()
              .filter(path -> Files.isDirectory(path) || isJar(path))
              .map(PluginDirectory::entry)
              .toList(),
          Optional.empty());
    } catch (IOException failure) {
      return failed(Mistakes.unreadable("the plugin directory " + directory, failure));
    }
  }

  private static Entry entry(Path path) {
    if (!Files.isDirectory(path)) {
      return Entry.of(path, List.of(path));
    }
    try {
      return Entry.of(path, list(path).stream().filter(PluginDirectory::isJar).toList());
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
      stream.forEach(paths::add);
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
    paths.removeIf(path -> path.getFileName().toString().startsWith("."));
    Collections.sort(paths);
    return paths;
  }

  private static PluginDirectory failed(String problem) {
    return new PluginDirectory(List.of(), Optional.of(problem));
  }
}

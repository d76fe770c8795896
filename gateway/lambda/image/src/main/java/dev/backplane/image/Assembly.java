package dev.backplane.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The directory of an image: what a function consists of, as Lambda would find it under {@code
 * /var/runtime}, {@code /var/task} and {@code /opt}, but with every jar on one class path, so that
 * one AOT cache covers all of it.
 */
final class Assembly {
  /** Below the image's directory; has one directory of jars, which is named by their content. */
  static final String JARS = "jars";

  /** Starts the function; beside the directory of jars. */
  static final String START = "start";

  private static final String FLAT = "lib";
  private static final String FLAT_OF_LAYER = "java/lib";
  private static final String PLUGINS = "backplane/plugins";

  private final Path target;
  private final ClassPath classPath = new ClassPath();

  /**
   * Begins one.
   *
   * @param target the image's directory, which is made, or empty
   */
  Assembly(Path target) {
    this.target = target;
  }

  /**
   * Writes everything.
   *
   * @param function the function's zip
   * @param runtime the directory of the runtime client's jars
   * @param layers directories such as layers have them
   * @return the directory of jars
   * @throws ImageException when two jars cannot be on one class path; nothing is left behind then
   */
  Path write(Path function, Path runtime, List<Path> layers) throws IOException {
    if (!list(target).isEmpty() || Files.isRegularFile(target)) {
      // or an old jar or cache could be among the new ones
      throw new ImageException(List.of(target + " is not empty; remove it first"));
    }
    boolean done = false;
    try {
      classPath.add(jars(runtime, "the runtime client"));
      unzip(function);
      classPath.add(jars(target.resolve(FLAT), "the function"));
      addPlugins(target);
      for (Path layer : layers) {
        classPath.add(jars(layer.resolve(FLAT_OF_LAYER), "layer " + layer.getFileName()));
        addPlugins(layer);
        copyOthers(layer);
      }
      Path jars = writeJars();
      writeStart();
      done = true;
      return jars;
    } finally {
      if (!done) {
        delete(target);
      }
    }
  }

  private void addPlugins(Path root) throws IOException {
    for (Path plugin : list(root.resolve(PLUGINS))) {
      String owner = "plugin " + plugin.getFileName();
      classPath.add(isJar(plugin) ? List.of(Jar.read(plugin, owner)) : jars(plugin, owner));
    }
  }

  private Path writeJars() throws IOException {
    if (!classPath.conflicts().isEmpty()) {
      throw new ImageException(classPath.conflicts());
    }
    Path jars = Files.createDirectories(target.resolve(JARS).resolve(classPath.hash()));
    for (Map.Entry<String, Jar> jar : classPath.named().entrySet()) {
      Files.copy(jar.getValue().file(), jars.resolve(jar.getKey()));
    }
    delete(target.resolve(FLAT));
    // the function would load them once more, isolated
    delete(target.resolve(PLUGINS));
    return jars;
  }

  private void writeStart() throws IOException {
    Path start = target.resolve(START);
    try (InputStream script = Assembly.class.getResourceAsStream(START)) {
      Files.write(start, script == null ? new byte[0] : script.readAllBytes());
    }
    if (!start.toFile().setExecutable(true, false)) {
      throw new IOException(start + " cannot be made executable");
    }
  }

  private void unzip(Path function) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(function))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!entry.isDirectory() && file.startsWith(target.normalize())) {
          Files.createDirectories(file.getParent());
          try (OutputStream out = Files.newOutputStream(file)) {
            zip.transferTo(out);
          }
        }
      }
    }
  }

  /** A layer's mapping, for example. */
  private void copyOthers(Path layer) throws IOException {
    try (Stream<Path> all = Files.walk(layer)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(layer.resolve(FLAT_OF_LAYER))
            && !file.startsWith(layer.resolve(PLUGINS))) {
          Path copy = target.resolve(layer.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  private static List<Jar> jars(Path directory, String owner) throws IOException {
    List<Jar> jars = new ArrayList<>();
    for (Path file : list(directory)) {
      if (isJar(file)) {
        jars.add(Jar.read(file, owner));
      }
    }
    return jars;
  }

  private static boolean isJar(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".jar") && Files.isRegularFile(file);
  }

  /** By name, so that the same jars give the same class path; none where there is no directory. */
  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
          .toList();
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

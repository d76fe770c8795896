package dev.backplane.core.plugin;

import dev.backplane.spi.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A plugin for a test: compiled from source as its author would, against the SPI alone, and packed
 * into a jar.
 *
 * <pre>{@code
 * Path jar = PluginJar.named("greeting")
 *     .source("package com.example; public final class GreetingService implements … { … }")
 *     .service("com.example.GreetingService")
 *     .buildInto(plugins);
 * }</pre>
 */
public final class PluginJar {
  private final String name;
  private final List<Path> classPath = new ArrayList<>();
  private final List<String> sources = new ArrayList<>();
  private final StringBuilder services = new StringBuilder();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<Consumer<Map<String, byte[]>>> changes = new ArrayList<>();

  private PluginJar(String name) {
    this.name = name;
    against(Service.class);
  }

  /**
   * Starts a plugin.
   *
   * @param name the jar's name without {@code .jar}
   * @return the plugin, still empty
   */
  public static PluginJar named(String name) {
    return new PluginJar(name);
  }

  /**
   * Adds a source file.
   *
   * @param text the text; its first type names the file
   * @return this
   */
  public PluginJar source(String text) {
    sources.add(text);
    return this;
  }

  /**
   * Names a class as a service.
   *
   * @param line the class, which need not exist, or any other line of that file
   * @return this
   */
  public PluginJar service(String line) {
    services.append(line).append('\n');
    return file("META-INF/services/" + Service.class.getName(), services.toString());
  }

  /**
   * Adds a file.
   *
   * @param path its path in the jar
   * @param text its text
   * @return this
   */
  public PluginJar file(String path, String text) {
    files.put(path, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /**
   * Compiles against a jar without packing it.
   *
   * @param jar the jar
   * @return this
   */
  public PluginJar against(Path jar) {
    classPath.add(jar);
    return this;
  }

  /**
   * Compiles against the jar that a class is from without packing it.
   *
   * @param type the class
   * @return this
   */
  public PluginJar against(Class<?> type) {
    return against(locationOf(type));
  }

  /**
   * Packs the SPI as well, as a careless build does.
   *
   * @return this
   */
  public PluginJar bundlingTheSpi() {
    Path spi = locationOf(Service.class);
    try {
      if (Files.isDirectory(spi)) {
        addAll(spi);
        return this;
      }
      try (FileSystem jar = FileSystems.newFileSystem(spi)) {
        addAll(jar.getPath("/"));
      }
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Leaves a class out of the jar that the others were compiled against.
   *
   * @param className the class
   * @return this
   */
  public PluginJar without(String className) {
    changes.add(contents -> require(className, contents.remove(classFile(className))));
    return this;
  }

  /**
   * Marks a class as compiled for another Java.
   *
   * @param className the class
   * @param java the feature version
   * @return this
   */
  public PluginJar compiledFor(String className, int java) {
    // The class file's major version is in bytes 6 and 7.
    changes.add(
        contents -> require(className, contents.get(classFile(className)))[7] = (byte) (44 + java));
    return this;
  }

  /**
   * Compiles and packs.
   *
   * @param directory where the jar goes; made when it does not exist
   * @return the jar
   */
  public Path buildInto(Path directory) {
    Map<String, byte[]> contents = new LinkedHashMap<>(files);
    if (!sources.isEmpty()) {
      contents.putAll(InMemoryCompiler.compile(sources, classPath));
    }
    changes.forEach(change -> change.accept(contents));
    Path jar = directory.resolve(name + ".jar");
    try {
      Files.createDirectories(directory);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
          out.putNextEntry(new JarEntry(file.getKey()));
          out.write(file.getValue());
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return jar;
  }

  private void addAll(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String path = root.relativize(file).toString().replace('\\', '/');
        if (path.endsWith(".class")) {
          files.put(path, Files.readAllBytes(file));
        }
      }
    }
  }

  private static byte[] require(String className, byte[] bytes) {
    return Objects.requireNonNull(bytes, () -> "no class " + className + " was compiled");
  }

  private static String classFile(String className) {
    return className.replace('.', '/') + ".class";
  }

  private static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

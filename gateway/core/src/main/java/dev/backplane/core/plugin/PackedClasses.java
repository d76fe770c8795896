package dev.backplane.core.plugin;

import dev.backplane.spi.Service;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The classes in the jars of a plugin, read without loading them. For one thread. */
final class PackedClasses {
  /**
   * A class that is missing.
   *
   * @param user a class of the plugin
   * @param missing what it uses
   */
  record Use(String user, String missing) {
    String describe() {
      return missing + " (used by " + user + ")";
    }
  }

  private static final String SPI = Service.class.getPackageName().replace('.', '/') + "/";
  private static final String LOGGING = "org/slf4j/";

  private final List<ClassFile> classes = new ArrayList<>();
  private int ofTheSpi;
  private int ofLogging;

  private PackedClasses() {}

  static PackedClasses read(List<Path> jars) throws IOException {
    PackedClasses packed = new PackedClasses();
    for (Path jar : jars) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (JarEntry entry : Collections.list(file.entries())) {
          packed.add(jar, file, entry);
        }
      }
    }
    return packed;
  }

  private void add(Path jar, JarFile file, JarEntry entry) throws IOException {
    String name = entry.getName();
    // those for newer Javas are for newer Javas; module descriptors are not read on a class path
    if (!name.endsWith(".class")
        || name.startsWith("META-INF/")
        || name.endsWith("module-info.class")) {
      return;
    }
    if (name.startsWith(SPI)) {
      ofTheSpi++;
      return;
    }
    if (name.startsWith(LOGGING)) {
      ofLogging++;
      return;
    }
    try (InputStream bytes = file.getInputStream(entry)) {
      classes.add(ClassFile.read(bytes));
    } catch (IOException broken) {
      throw new IOException(jar.getFileName() + "!/" + name + ": " + broken.getMessage(), broken);
    }
  }

  /** The oldest Java that has all of them; 0 when there are none. */
  int java() {
    return classes.stream().mapToInt(ClassFile::java).max().orElse(0);
  }

  /** A class that needs that Java. */
  String newest() {
    return classes.stream()
        .filter(each -> each.java() == java())
        .map(each -> dotted(each.name()))
        .min(String::compareTo)
        .orElse("");
  }

  /** The interfaces of the SPI that they implement, by simple name, and what these extend. */
  Set<String> abilities() {
    Set<String> abilities = new TreeSet<>();
    for (ClassFile each : classes) {
      for (String type : each.interfaces()) {
        if (type.startsWith(SPI)) {
          addAbility(dotted(type), abilities);
        }
      }
    }
    return abilities;
  }

  private static void addAbility(String name, Set<String> abilities) {
    try {
      Class<?> ability = Class.forName(name, false, Service.class.getClassLoader());
      abilities.add(ability.getSimpleName());
      for (Class<?> extended : ability.getInterfaces()) {
        if (extended.getPackageName().equals(Service.class.getPackageName())) {
          addAbility(extended.getName(), abilities);
        }
      }
    } catch (ClassNotFoundException newer) {
      abilities.add(name.substring(SPI.length())); // of a later SPI: it is said to be missing, too
    }
  }

  /** How many classes of the SPI itself were packed. */
  int ofTheSpi() {
    return ofTheSpi;
  }

  /** How many classes of the logging API were packed. */
  int ofLogging() {
    return ofLogging;
  }

  /**
   * What the plugin's own code needs and does not find. Libraries are left out: they look for
   * optional classes, and know what to do without.
   *
   * @param services the classes of the services; what is in their packages is the plugin's own
   * @param loader how the plugin finds classes
   */
  Collection<Use> missing(Collection<String> services, ClassLoader loader) {
    TreeMap<String, Use> missing = new TreeMap<>();
    for (ClassFile each : classes) {
      if (services.stream().noneMatch(service -> isBeside(each.name(), service))) {
        continue;
      }
      for (String used : each.uses()) {
        if (loader.getResource(used + ".class") == null) {
          missing.putIfAbsent(used, new Use(dotted(each.name()), dotted(used)));
        }
      }
    }
    return missing.values();
  }

  private static boolean isBeside(String name, String service) {
    String home = service.substring(0, service.lastIndexOf('.') + 1).replace('.', '/');
    return home.isEmpty() ? !name.contains("/") : name.startsWith(home);
  }

  private static String dotted(String name) {
    return name.replace('/', '.');
  }
}

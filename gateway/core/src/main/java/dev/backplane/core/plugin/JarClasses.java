package dev.backplane.core.plugin;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The class files in the jars of a plugin, the first jar winning. A jar that cannot be opened is
 * left to the JDK's class loader, which says so in its own way. Safe for use by many threads.
 */
final class JarClasses implements AutoCloseable {
  /**
   * A class file.
   *
   * @param source the jar and who signed it
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record ClassBytes(byte[] bytes, CodeSource source, @Nullable Manifest manifest) {}

  private record OpenJar(JarFile file, URL url) {}

  private final List<OpenJar> jars = new ArrayList<>();

  JarClasses(List<Path> paths) {
    for (Path path : paths) {
      try {
        File file = path.toFile();
        jars.add(
            new OpenJar(
                new JarFile(file, true, ZipFile.OPEN_READ, JarFile.runtimeVersion()),
                path.toUri().toURL()));
      } catch (MalformedURLException impossible) {
        throw new IllegalStateException(impossible);
      } catch (IOException | UnsupportedOperationException unreadable) {
        break; // what comes behind must not win over what is in here
      }
    }
  }

  /** Finds a class; empty when it is in none of the jars, or they were closed. */
  Optional<ClassBytes> find(String className) throws IOException {
    String path = className.replace('.', '/') + ".class";
    try {
      for (OpenJar jar : jars) {
        JarEntry entry = jar.file().getJarEntry(path);
        if (entry != null) {
          return Optional.of(read(jar, entry));
        }
      }
      return Optional.empty();
    } catch (IllegalStateException closed) {
      return Optional.empty();
    }
  }

  private static ClassBytes read(OpenJar jar, JarEntry entry) throws IOException {
    try (InputStream content = jar.file().getInputStream(entry)) {
      byte[] bytes = content.readAllBytes();
      // known only when all of it was read
      CodeSource source = new CodeSource(jar.url(), entry.getCodeSigners());
      return new ClassBytes(bytes, source, jar.file().getManifest());
    }
  }

  @Override
  public void close() throws IOException {
    for (OpenJar jar : jars) {
      jar.file().close();
    }
  }
}

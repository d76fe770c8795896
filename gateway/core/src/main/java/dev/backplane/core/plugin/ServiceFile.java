package dev.backplane.core.plugin;

import dev.backplane.spi.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A file that names services, read beside {@link java.util.ServiceLoader}, whose errors do not tell
 * which jar or which class they are about.
 *
 * @param origin the jar or directory that it is in
 * @param classNames the classes that it names; none when there is a problem, as for ServiceLoader
 * @param problem what is wrong with it, without the origin
 */
record ServiceFile(String origin, List<String> classNames, Optional<String> problem) {
  static final String PATH = "META-INF/services/" + Service.class.getName();

  ServiceFile {
    classNames = List.copyOf(classNames);
  }

  static List<ServiceFile> in(ClassLoader loader) throws IOException {
    List<ServiceFile> files = new ArrayList<>();
    for (URL url : Collections.list(loader.getResources(PATH))) {
      files.add(read(url));
    }
    return files;
  }

  private static ServiceFile read(URL url) {
    String origin = origin(url);
    List<String> names = new ArrayList<>();
    try {
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          number++;
          int comment = line.indexOf('#');
          String name = (comment < 0 ? line : line.substring(0, comment)).trim();
          if (name.isEmpty()) {
            continue;
          }
          if (!isClassName(name)) {
            return new ServiceFile(origin, List.of(), Optional.of(Mistakes.badLine(number)));
          }
          names.add(name);
        }
      }
    } catch (IOException unreadable) {
      return new ServiceFile(origin, List.of(), Optional.of(Mistakes.unreadable(PATH, unreadable)));
    }
    return new ServiceFile(origin, names, Optional.empty());
  }

  /** As in ServiceLoader, which is laxer than the language about where dots stand. */
  private static boolean isClassName(String name) {
    if (!Character.isJavaIdentifierStart(name.codePointAt(0))) {
      return false;
    }
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int character = name.codePointAt(i);
      if (!Character.isJavaIdentifierPart(character) && character != '.') {
        return false;
      }
    }
    return true;
  }

  /** The jar, or the directory of classes, of a URL that ends in {@link #PATH}. */
  private static String origin(URL url) {
    String root = url.toExternalForm().replace(PATH, "");
    if (root.startsWith("jar:") && root.endsWith("!/")) {
      root = root.substring("jar:".length(), root.length() - "!/".length());
    }
    try {
      return Path.of(URI.create(root)).toString();
    } catch (IllegalArgumentException | FileSystemNotFoundException notAFile) {
      return root; // a loader with URLs of its own; they name the place, too
    }
  }
}

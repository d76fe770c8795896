package dev.backplane.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A jar that is to be on the class path.
 *
 * @param file where it lies
 * @param owner who brings it, for messages: {@code the function}, {@code plugin jdbc}
 * @param artifact what it is a version of: Maven's group and name where the jar says so, otherwise
 *     the file's name up to its version
 * @param hash SHA-256 of the file, in hex
 * @param classes its classes, each with the check sum of its content
 */
record Jar(Path file, String owner, String artifact, String hash, Map<String, Long> classes) {
  private static final Pattern VERSIONED = Pattern.compile("(.+?)-\\d.*\\.jar");
  private static final Pattern MAVEN =
      Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

  static Jar read(Path file, String owner) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new Jar(file, owner, artifact(file, zip), hash(file), classes(zip));
    } catch (IOException unreadable) {
      throw new IOException(owner + ": " + file + " cannot be read as a jar", unreadable);
    }
  }

  String name() {
    return file.getFileName().toString();
  }

  /** The first class that both have, with another content. */
  Optional<String> differingClass(Jar other) {
    return classes.entrySet().stream()
        .filter(entry ->
            !other.classes.getOrDefault(entry.getKey(), entry.getValue()).equals(entry.getValue()))
        .map(Map.Entry::getKey)
        .min(String::compareTo);
  }

  private static Map<String, Long> classes(ZipFile zip) {
    Map<String, Long> classes = new HashMap<>();
    zip.stream()
        .filter(entry -> entry.getName().endsWith(".class"))
        // read by no one on a class path
        .filter(entry -> !entry.getName().endsWith("module-info.class"))
        .forEach(entry -> classes.put(entry.getName(), entry.getCrc()));
    return classes;
  }

  private static String artifact(Path file, ZipFile zip) throws IOException {
    List<? extends ZipEntry> descriptions =
        zip.stream().filter(entry -> MAVEN.matcher(entry.getName()).matches()).toList();
    if (descriptions.size() == 1) { // a jar with others shaded into it has several
      Properties properties = new Properties();
      try (InputStream in = zip.getInputStream(descriptions.getFirst())) {
        properties.load(in);
      }
      return properties.getProperty("groupId") + ":" + properties.getProperty("artifactId");
    }
    String name = file.getFileName().toString();
    Matcher versioned = VERSIONED.matcher(name);
    return versioned.matches() ? versioned.group(1) : name;
  }

  private static String hash(Path file) throws IOException {
    return HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file)));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}

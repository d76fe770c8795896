package dev.backplane.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Maven project of a new plugin.
 *
 * @param name the service
 * @param packageName its Java package
 * @param repository the directory in which Maven finds the SPI and the testkit
 */
record PluginProject(String name, String packageName, Path repository) {
  private static final String SERVICES = "src/main/resources/META-INF/services/";
  private static final String MAIN = "src/main/java/";
  private static final String TEST = "src/test/java/";
  private static final List<String> WRAPPER =
      List.of("mvnw", "mvnw.cmd", ".mvn/jdk.sh", ".mvn/wrapper/maven-wrapper.properties");

  /** Writes the project, whole or not at all, into a directory that does not exist yet. */
  void writeTo(Path directory) throws IOException {
    Path target = directory.toAbsolutePath().normalize();
    Path parent = Objects.requireNonNull(target.getParent(), "a directory has a parent");
    Files.createDirectories(parent);
    Path draft = Files.createTempDirectory(parent, ".new-plugin-");
    try {
      Path project = draft.resolve("project");
      fill(project);
      Files.move(project, target);
    } finally {
      delete(draft);
    }
  }

  private void fill(Path project) throws IOException {
    for (Map.Entry<String, String> file : templates().entrySet()) {
      write(project.resolve(file.getKey()), filled(resource(file.getValue())));
    }
    for (String file : WRAPPER) {
      write(project.resolve(file), resource(file));
    }
    Path wrapper = project.resolve("mvnw");
    if (!wrapper.toFile().setExecutable(true, false)) {
      throw new IOException(wrapper + " cannot be made executable");
    }
  }

  private static void delete(Path draft) throws IOException {
    try (Stream<Path> left = Files.walk(draft)) {
      for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The templates by what they become. */
  private Map<String, String> templates() {
    String sources = packageName.replace('.', '/') + "/" + className();
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", "pom.xml");
    files.put("README.md", "README.md");
    files.put("mapping.yaml", "mapping.yaml");
    files.put(".gitignore", "gitignore");
    files.put(".mvn/maven.config", "maven.config");
    files.put(SERVICES + "dev.backplane.spi.Service", "services");
    files.put(MAIN + sources + "Service.java", "Service.java");
    files.put(MAIN + sources + "Store.java", "Store.java");
    files.put(TEST + sources + "ContractTest.java", "ContractTest.java");
    return files;
  }

  private String filled(String template) {
    Properties build = Version.build();
    return template
        .replace("@name@", name)
        .replace("@Name@", className())
        .replace("@package@", packageName)
        .replace("@version@", build.getProperty("version"))
        .replace("@junit@", build.getProperty("junit"))
        .replace("@repository@", repository.toUri().toString())
        .replace("@repository-directory@", repository.toAbsolutePath().toString());
  }

  /** What the classes begin with: MyDice for my-dice. */
  private String className() {
    return Arrays.stream(name.split("-", -1))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent(), "a file has a directory"));
    Files.writeString(file, text);
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = PluginProject.class.getResourceAsStream("plugin/" + name)) {
      return new String(
          Objects.requireNonNull(stream, name + " is missing from the jar").readAllBytes(),
          StandardCharsets.UTF_8);
    }
  }
}

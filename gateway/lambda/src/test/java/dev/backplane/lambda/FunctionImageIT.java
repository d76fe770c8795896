package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function as a container image has it, made by the steps of the Dockerfile without Docker. */
class FunctionImageIT {
  private static final Path KIT = Path.of(System.getProperty("backplane.image"));
  private static final ClientRequest SAMPLE = ClientRequest.get("/api/samples/1");

  /** Beside the examples of the zip, as its DynamoDB is read through the stand-in as well. */
  private static final String MAPPING =
      """
      resources:
        samples: sample
        mocks: {service: memory, settings: {items: ../plugins/memory/examples/mocks.json}}
        users: {service: dynamodb, settings: {region: eu-west-1, endpoint: "${DYNAMODB_ENDPOINT:aws}"}}
      """;

  @TempDir static Path folder;
  private static Path image;

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    assumeTrue(
        Runtime.version().feature() >= 25, "AOT caches take Java 25; this is " + Runtime.version());
    image = folder.resolve("image");
    assertThat(run(assemble(image, layer("one", "old")))).isEqualTo(0);
    assertThat(run(List.of("train", image.toString()))).isEqualTo(0);
  }

  @Test
  void start_whenTrained_answersFromTheCache() throws IOException {
    Path classes = folder.resolve("classes.log");
    try (FunctionUnderTest function =
        start(image, Map.of("JAVA_OPTIONS", "-Xlog:class+load:file=" + classes))) {
      for (EventKind kind : EventKind.values()) {
        assertThat(function.send(kind, SAMPLE).text()).contains("\"of\":\"old\"");
        assertThat(function.send(kind, ClientRequest.get("/api/mocks")).json()).hasSize(2);
      }
      assertThat(function.log()).noneMatch(line -> line.startsWith("start:"));
    }
    String loaded = Files.readString(classes);
    for (String name :
        List.of(
            "dev.backplane.lambda.Handler",
            "sample.SampleService",
            "software.amazon.awssdk.services.dynamodb.DynamoDbClient",
            "org.apache.hc.client5.http.impl.classic.InternalHttpClient")) {
      assertThat(loaded).containsPattern(name + "\\b.* source: shared objects file");
    }
    // nothing but what the JVM makes by itself comes from jars
    assertThat(loaded.lines().filter(line -> line.contains("source: file:")).count())
        .isLessThan(loaded.lines().count() / 20);
  }

  @Test
  void start_whenAJarIsReplacedInPlace_runsTheNewOneWithoutTheCache() throws IOException {
    Path jar = jar(image, "sample.jar");
    Path saved = Files.copy(jar, folder.resolve("saved.jar"), StandardCopyOption.COPY_ATTRIBUTES);
    try {
      FileTime time = Files.getLastModifiedTime(jar);
      PluginJar.write(folder.resolve("new.jar"), "new");
      assertThat(folder.resolve("new.jar")).hasSize(Files.size(jar));
      Files.copy(folder.resolve("new.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(jar, time); // as an image builder might that fixes all times
      try (FunctionUnderTest function = start(image, Map.of())) {
        assertThat(function.send(EventKind.REST_API, SAMPLE).text()).contains("\"of\":\"new\"");
        assertThat(function.log())
            .anyMatch(line -> line.startsWith("start:") && line.contains("AOT cache"));
      }
    } finally {
      Files.copy(
          saved, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  @Test
  void assemble_whenAPluginHasChanged_hasAnotherDirectoryThatRunsTheNewOne()
      throws IOException, InterruptedException {
    Path again = folder.resolve("again");
    assertThat(run(assemble(again, layer("two", "new")))).isEqualTo(0);
    assertThat(jar(again, "sample.jar").getParent().getFileName())
        .isNotEqualTo(jar(image, "sample.jar").getParent().getFileName());
    try (FunctionUnderTest function = start(again, Map.of())) {
      assertThat(function.send(EventKind.HTTP_API, SAMPLE).text()).contains("\"of\":\"new\"");
    }
  }

  @Test
  void assemble_whenPluginsBringTwoVersions_refusesAndLeavesNothing()
      throws IOException, InterruptedException {
    Path layer = layer("three", "old");
    for (String plugin : List.of("jdbc", "mail")) {
      Path directory = Files.createDirectories(layer.resolve("backplane/plugins").resolve(plugin));
      PluginJar.write(
          directory.resolve("pool-" + plugin.length() + plugin.charAt(0) + ".jar"), plugin);
    }
    Path refused = folder.resolve("refused");
    assertThat(run(assemble(refused, layer))).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("image.log")))
        .contains("pool-4j.jar of plugin jdbc", "pool-4m.jar of plugin mail");
    assertThat(refused).doesNotExist();
  }

  @Test
  void start_whenThereAreTwoDirectoriesOfJars_refuses() throws IOException, InterruptedException {
    Path twice = folder.resolve("twice");
    assertThat(run(assemble(twice, layer("four", "old")))).isEqualTo(0);
    Files.createDirectory(twice.resolve("jars/other"));
    Process start =
        new ProcessBuilder(twice.resolve("start").toString()).redirectErrorStream(true).start();
    assertThat(new String(start.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("one directory of jars");
    assertThat(start.waitFor()).isEqualTo(1);
  }

  /** A layer with the sample plugin and a mapping. */
  private static Path layer(String name, String text) throws IOException {
    Path layer = folder.resolve(name);
    Path plugin = Files.createDirectories(layer.resolve("backplane/plugins/sample"));
    PluginJar.write(plugin.resolve("sample.jar"), text);
    Files.writeString(layer.resolve("backplane/mapping.yaml"), MAPPING);
    return layer;
  }

  private static Path jar(Path image, String name) throws IOException {
    try (Stream<Path> files = Files.walk(image.resolve("jars"))) {
      return files.filter(file -> file.toString().endsWith("-" + name)).findFirst().orElseThrow();
    }
  }

  private static List<String> assemble(Path target, Path layer) {
    return List.of(
        "assemble",
        FunctionUnderTest.zip().toString(),
        KIT.resolve("runtime").toString(),
        target.toString(),
        layer.toString());
  }

  private static int run(List<String> step) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(java(), "-jar", KIT.resolve("image.jar").toString()));
    command.addAll(step);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("BACKPLANE_MAPPING", "backplane/mapping.yaml");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("image.log").toFile());
    return builder.start().waitFor();
  }

  private static FunctionUnderTest start(Path root, Map<String, String> environment)
      throws IOException {
    List<String> command = List.of(root.resolve("start").toString());
    return FunctionUnderTest.start(
        root, command, with(environment, "BACKPLANE_MAPPING", "backplane/mapping.yaml"));
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> all = new HashMap<>(map);
    all.put(name, value);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put("PATH", System.getenv("PATH"));
    return all;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}

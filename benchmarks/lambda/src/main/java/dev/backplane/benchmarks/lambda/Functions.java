package dev.backplane.benchmarks.lambda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays out the functions that are compared, as Lambda would find them, and their AOT caches. */
final class Functions {
  private static final Path WORK = Path.of("benchmarks/lambda/target/functions").toAbsolutePath();
  private static final Path KIT = Path.of("gateway/lambda/image/target/kit").toAbsolutePath();
  private static final Path ZIP = Path.of("gateway/lambda/target/function.zip").toAbsolutePath();
  private static final Path BUILT = Path.of("benchmarks/lambda").toAbsolutePath();
  private static final String MEMORY = "/api/mocks/000-1";
  private static final String TABLE = "/api/items/u00042";

  /** As Lambda has them for a function of 512 MB. */
  private static final List<String> FLAGS =
      List.of(
          "-Xmx384m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED");

  private final String dynamoDb;

  Functions(int stub) {
    this.dynamoDb = "http://127.0.0.1:" + stub;
  }

  List<Function> prepare() throws Exception {
    List<Function> functions = new ArrayList<>();
    String own = "dev.backplane.benchmarks.lambda.";
    functions.addAll(
        plain("hello", own + "HelloHandler", List.of(BUILT.resolve("target/handlers.jar")), "/"));
    functions.addAll(
        plain(
            "getitem",
            own + "PlainHandler",
            Stream.concat(
                    Stream.of(BUILT.resolve("target/handlers.jar")),
                    jars(BUILT.resolve("target/lib")))
                .toList(),
            "/"));
    functions.addAll(
        plain(
            "spring",
            "dev.backplane.benchmarks.spring.SpringHandler",
            jars(BUILT.resolve("spring/target/lib")).toList(),
            MEMORY));
    functions.addAll(backplane(ZIP, ""));
    String before = System.getenv("BEFORE");
    if (before != null) {
      functions.addAll(backplane(Path.of(before).toAbsolutePath(), "-before"));
    }
    return functions;
  }

  /** One without an archive, as from a zip, and one with a cache, all of it on one class path. */
  private List<Function> plain(String name, String handler, List<Path> jars, String path)
      throws Exception {
    Path root = fresh(name);
    Path lib = Files.createDirectories(root.resolve("lib"));
    for (Path jar : jars) {
      Files.copy(jar, lib.resolve(jar.getFileName()));
    }
    Path bare = fresh(name + "-aot"); // the client would load lib/ by itself
    String classPath = path(Stream.concat(jars(KIT.resolve("runtime")), jars(lib)));
    Map<String, String> environment = Map.of("DYNAMODB_ENDPOINT", dynamoDb);
    Path cache = WORK.resolve(name + ".aot");
    Files.deleteIfExists(cache);
    new Function(
            name, bare, java(classPath, handler, "-XX:AOTCacheOutput=" + cache), environment, path)
        .train(List.of(path, path));
    return List.of(
        new Function(name, root, java(runtime(), handler), environment, path),
        new Function(
            name + "-aot",
            bare,
            java(classPath, handler, "-XX:AOTCache=" + cache),
            environment,
            path));
  }

  /**
   * From a zip and from an image that was trained with the mapping that it runs; the names end in
   * something where it is not this checkout's.
   */
  private List<Function> backplane(Path function, String suffix) throws Exception {
    List<Function> functions = new ArrayList<>();
    for (String what : List.of("memory", "table")) {
      Map<String, String> environment =
          Map.of("BACKPLANE_MAPPING", what + ".yaml", "DYNAMODB_ENDPOINT", dynamoDb);
      String path = what.equals("memory") ? MEMORY : TABLE;
      Path zip = fresh(what + suffix);
      run("unzip", "-q", function.toString(), "-d", zip.toString());
      Files.writeString(zip.resolve(what + ".yaml"), mapping(what));
      List<String> fromZip = java(runtime(), "dev.backplane.lambda.Handler");
      functions.add(new Function(what + suffix, zip, fromZip, environment, path));
      Path image = image(function, what, what + "-aot" + suffix);
      List<String> fromImage = List.of(image.resolve("start").toString());
      functions.add(new Function(what + "-aot" + suffix, image, fromImage, environment, path));
    }
    return functions;
  }

  private static Path image(Path function, String mapping, String name) throws Exception {
    Path image = fresh(name);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String steps = KIT.resolve("image.jar").toString();
    String runtime = KIT.resolve("runtime").toString();
    run(java, "-jar", steps, "assemble", function.toString(), runtime, image.toString());
    Files.writeString(image.resolve(mapping + ".yaml"), mapping(mapping));
    ProcessBuilder train = new ProcessBuilder(java, "-jar", steps, "train", image.toString());
    train.environment().put("BACKPLANE_MAPPING", mapping + ".yaml");
    await(train);
    return image;
  }

  private static String mapping(String what) {
    String resource =
        what.equals("memory")
            ? "mocks: {service: memory, settings: {items: plugins/memory/examples/mocks.json}}"
            : "items: {service: dynamodb, settings:"
                + " {region: eu-west-1, endpoint: \"${DYNAMODB_ENDPOINT}\"}}";
    return "cursor-secret: only for this benchmark\nresources:\n  " + resource + "\n";
  }

  private static List<String> java(String classPath, String handler, String... flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "-cp",
            classPath,
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            handler));
    return command;
  }

  private static String runtime() {
    return path(jars(KIT.resolve("runtime")));
  }

  private static String path(Stream<Path> jars) {
    return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<Path> jars(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path fresh(String name) throws Exception {
    Path root = WORK.resolve(name);
    Files.createDirectories(WORK);
    run("rm", "-rf", root.toString());
    return Files.createDirectory(root);
  }

  private static void run(String... command) throws Exception {
    await(new ProcessBuilder(command));
  }

  private static void await(ProcessBuilder command) throws Exception {
    command.redirectErrorStream(true).redirectOutput(WORK.resolve("steps.log").toFile());
    if (command.start().waitFor() != 0) {
      throw new IOException(command.command() + " failed, see " + WORK.resolve("steps.log"));
    }
  }
}

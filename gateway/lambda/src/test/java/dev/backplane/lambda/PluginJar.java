package dev.backplane.lambda;

import dev.backplane.spi.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Plugins of a test's own. */
final class PluginJar {
  /** A service with one item, whose only member tells which jar it is of. */
  private static final String SOURCE =
      """
      package sample;
      import dev.backplane.spi.*;
      import java.util.*;
      public final class SampleService implements Service {
        public String name() { return "sample"; }
        public Store open(StoreContext context) {
          Item item = new Item("1", "v", JsonObject.of("of", new JsonString("%s")));
          return new Store() {
            public Optional<Item> get(String id) { return Optional.of(item); }
            public Page list(Query query) { return new Page(List.of(item), Optional.empty()); }
          };
        }
      }
      """;

  private PluginJar() {}

  /** Compiles the plugin and packs it; two with texts of one length are jars of one size. */
  static void write(Path jar, String text) throws IOException {
    Path classes = Files.createTempDirectory(jar.getParent(), ".classes");
    Path source = classes.resolve("SampleService.java");
    Files.writeString(source, SOURCE.formatted(text));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    if (result != 0) {
      throw new IllegalStateException("the plugin does not compile");
    }
    pack(jar, "sample.SampleService", classes);
  }

  /** Packs a service that is among the tests, with the classes inside of it. */
  static void write(Path jar, Class<? extends Service> service) throws IOException {
    pack(jar, service.getName(), Path.of("target/test-classes"));
  }

  private static void pack(Path jar, String service, Path classes) throws IOException {
    Path file = classes.resolve(service.replace('.', '/') + ".class");
    String name = service.substring(service.lastIndexOf('.') + 1);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out);
        DirectoryStream<Path> all =
            Files.newDirectoryStream(file.getParent(), name + "{,$*}.class")) {
      add(
          zip,
          "META-INF/services/dev.backplane.spi.Service",
          service.getBytes(StandardCharsets.UTF_8));
      for (Path each : all) {
        add(zip, classes.relativize(each).toString(), Files.readAllBytes(each));
      }
    }
  }

  private static void add(JarOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
  }
}

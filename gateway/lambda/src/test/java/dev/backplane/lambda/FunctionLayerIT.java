package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plugins and a mapping from a layer, which Lambda unpacks into {@code /opt}: the function runs
 * where a folder of the test is mounted there, seen by nobody else.
 */
class FunctionLayerIT {
  private static final List<String> APART = List.of("unshare", "--map-root-user", "--mount");

  @TempDir Path folder;
  private Path root;
  private Path layer;

  @BeforeEach
  void unpackWithoutPlugins() throws Exception {
    layer = Files.createDirectory(folder.resolve("layer"));
    boolean required = "required".equals(System.getenv("BACKPLANE_TEST_LAYERS"));
    assumeTrue(
        required || canMount(), "needs Linux, and the right to mount in a namespace of its own");
    root = FunctionUnderTest.unpack(folder);
    Files.delete(root.resolve("mapping.yaml"));
    Files.createDirectories(layer.resolve("backplane"));
    Files.writeString(layer.resolve("backplane/mapping.yaml"), "resources:\n  notes: memory\n");
  }

  @Test
  void layer_withAnIsolatedPlugin_isServed() throws IOException {
    movePlugins(layer.resolve("backplane/plugins/memory"));
    assertServes();
  }

  @Test
  void layer_withAFlatPlugin_isServed() throws IOException {
    movePlugins(layer.resolve("java/lib"));
    assertServes();
  }

  @Test
  void layer_withAMappingAlone_isServedByWhatIsBuiltIn() throws IOException {
    assertServes();
  }

  @Test
  void layer_withoutThePlugin_isAMistakeThatIsSaid() throws IOException {
    movePlugins(Files.createDirectory(folder.resolve("elsewhere")));
    try (FunctionUnderTest function = start()) {
      assertThat(function.initError()).contains("/opt/backplane/mapping.yaml:2:", "memory");
    }
  }

  private void movePlugins(Path target) throws IOException {
    Files.createDirectories(target);
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(root.resolve("lib"), "backplane-plugin-memory-*.jar")) {
      for (Path jar : jars) {
        Files.move(jar, target.resolve(jar.getFileName()));
      }
    }
    assertThat(target).isDirectoryContaining("glob:**/backplane-plugin-memory-*.jar");
  }

  private void assertServes() throws IOException {
    try (FunctionUnderTest function = start()) {
      ClientRequest post = ClientRequest.json("POST", "/api/notes", "{\"id\":\"a\"}");
      assertThat(function.send(EventKind.HTTP_API, post).status()).isEqualTo(201);
      assertThat(function.send(EventKind.REST_API, ClientRequest.get("/api/notes/a")).status())
          .isEqualTo(200);
    }
  }

  private FunctionUnderTest start() throws IOException {
    return FunctionUnderTest.start(
        root,
        inLayer(FunctionUnderTest.command()),
        Map.of("BACKPLANE_MAPPING", "/opt/backplane/mapping.yaml", "PATH", System.getenv("PATH")));
  }

  /** Runs a command where the layer is mounted. */
  private List<String> inLayer(List<String> command) {
    List<String> whole = new ArrayList<>(APART);
    whole.addAll(List.of("sh", "-c", "mount --bind \"$0\" /opt && exec \"$@\"", layer.toString()));
    whole.addAll(command);
    return whole;
  }

  private boolean canMount() throws InterruptedException {
    // with Java, which may lie below /opt itself
    String java = FunctionUnderTest.command().get(0);
    try {
      Process trial = new ProcessBuilder(inLayer(List.of(java, "-version"))).start();
      return trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}

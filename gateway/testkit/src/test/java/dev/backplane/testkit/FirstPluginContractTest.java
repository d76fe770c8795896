package dev.backplane.testkit;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Service;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A plugin that was compiled against the first SPI keeps the contract of today. */
class FirstPluginContractTest extends StoreContract {
  private static final Path JAR = Path.of("..", "spi", "promise", "first-plugin.jar");

  private static URLClassLoader loader;

  @BeforeAll
  static void load() throws IOException {
    loader =
        new URLClassLoader(
            new URL[] {JAR.toUri().toURL()}, FirstPluginContractTest.class.getClassLoader());
  }

  @AfterAll
  static void close() throws IOException {
    loader.close();
  }

  @Override
  protected Class<? extends Service> service() {
    try {
      return loader.loadClass("com.example.first.FirstService").asSubclass(Service.class);
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Override
  protected JsonObject settings() {
    return JsonObject.empty();
  }
}

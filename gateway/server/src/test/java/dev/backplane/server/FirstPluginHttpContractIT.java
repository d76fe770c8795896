package dev.backplane.server;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The HTTP contract over a plugin that was compiled against the first SPI, as it was packed then.
 */
final class FirstPluginHttpContractIT extends HttpContract {
  private static final Path JAR = Path.of("..", "spi", "promise", "first-plugin.jar");

  @Override
  protected Client start(Path mapping) throws Exception {
    String text = Files.readString(mapping);
    Files.writeString(mapping, text.replace("service: memory", "service: first"));
    Path plugins = Files.createDirectory(mapping.resolveSibling("plugins"));
    Files.copy(JAR, plugins.resolve("first.jar"));
    return SocketClient.start(mapping, plugins);
  }

  @Override
  public boolean transacts() {
    return false;
  }
}

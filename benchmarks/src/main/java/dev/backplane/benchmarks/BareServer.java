package dev.backplane.benchmarks;

import io.javalin.Javalin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the gateway is measured against: Javalin, as it comes, with two routes that return bytes
 * which were there before. Nothing that answers HTTP in Java on this server can do less.
 */
public final class BareServer {
  private BareServer() {}

  /**
   * Serves {@code /api/items/{id}} and {@code /api/items} until it is killed.
   *
   * @param args the port, a file with the item's bytes, a file with the list's bytes
   * @throws IOException when a file cannot be read
   */
  public static void main(String[] args) throws IOException {
    byte[] item = Files.readAllBytes(Path.of(args[1]));
    byte[] list = Files.readAllBytes(Path.of(args[2]));
    Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.routes.get(
                  "/api/items/{id}",
                  context -> context.contentType("application/json").result(item));
              config.routes.get(
                  "/api/items", context -> context.contentType("application/json").result(list));
            })
        .start("127.0.0.1", Integer.parseInt(args[0]));
  }
}

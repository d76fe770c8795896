package dev.backplane.plugin.http;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Service;
import dev.backplane.testkit.StoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of a store over a {@link RestServer}. */
abstract class RestContract extends StoreContract {
  private static RestServer server;

  private final Habits habits;
  private final String settings;

  /**
   * For a subclass.
   *
   * @param habits how the service is
   * @param settings what the mapping says of it, but for the URL
   */
  RestContract(Habits habits, String settings) {
    this.habits = habits;
    this.settings = settings;
  }

  @BeforeAll
  static void startServer() {
    server = RestServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  protected Class<? extends Service> service() {
    return HttpService.class;
  }

  @Override
  protected JsonObject settings() {
    return Stores.json(settings).with("url", new JsonString(server.add(habits, items())));
  }
}

package dev.backplane.plugin.http;

import dev.backplane.plugin.http.Habits.Pages;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Service;
import dev.backplane.testkit.StoreContract;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A service that the mapping says nothing of but where it is and how its lists go on. */
class ReadOnlyContractTest extends StoreContract {
  private static RestServer server;

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
    String url = server.add(Habits.of(Pages.LINK), items());
    return Stores.json("{'paging': {'style': 'link', 'size-parameter': 'limit'}}")
        .with("url", new JsonString(url));
  }

  @Override
  protected Map<String, JsonObject> items() {
    Map<String, JsonObject> items = new LinkedHashMap<>();
    for (int n = 0; n < 12; n++) {
      String body = "{'name': 'name %d', 'number': %d, 'even': %s, 'part': {'x': %d}}";
      items.put(id(n), Stores.json(body.formatted(n, n * 3, n % 2 == 0, n)));
    }
    items.put(id(12), Stores.json("{'name': null, 'number': 1.5}"));
    return items;
  }
}

package dev.backplane.plugin.http;

import dev.backplane.plugin.http.Habits.Pages;
import dev.backplane.spi.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** A service that the mapping says nothing of but where it is and how its lists go on. */
class ReadOnlyContractTest extends RestContract {
  ReadOnlyContractTest() {
    super(Habits.of(Pages.LINK), "{'paging': {'style': 'link', 'size-parameter': 'limit'}}");
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

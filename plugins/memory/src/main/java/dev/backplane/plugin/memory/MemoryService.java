package dev.backplane.plugin.memory;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Service;
import dev.backplane.spi.Settings;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import dev.backplane.spi.StoreException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps items in memory, as many as its settings allow; they are gone when the process ends. Starts
 * with the items of a JSON file where the mapping names one, and never writes to it.
 */
public final class MemoryService implements Service {
  private final Space space = new Space(Runtime.getRuntime().maxMemory() / 4);

  /** Made by the service loader. */
  public MemoryService() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Store open(StoreContext context) {
    Settings settings = context.settings();
    Optional<Path> file = settings.path("items");
    int most = (int) settings.integer("max-items", 100_000, 1, 10_000_000);
    Map<String, JsonObject> items =
        file.map(path -> new ItemsFile(context, "items").read(path)).orElse(Map.of());
    if (items.size() > most) {
      throw settings.wrong(
          "items", "names a file of more than max-items items: shorten it or raise max-items");
    }
    try {
      return new MemoryStore(context.idField(), context.json(), most, space, items);
    } catch (StoreException full) {
      throw settings.wrong(
          "items",
          "names a file of more than there is room for: what is held in memory may take a quarter"
              + " of what the gateway has");
    }
  }
}

package com.example.first;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Service;
import dev.backplane.spi.Settings;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A service of the first SPI's time, which asks for a setting of every type that there was. */
public final class FirstService implements Service {
  enum Ids {
    AS_GIVEN,
    UPPER_CASE
  }

  @Override
  public String name() {
    return "first";
  }

  @Override
  public Store open(StoreContext context) {
    Settings settings = context.settings();
    settings.optionalString("note");
    settings.choice("ids", Ids.AS_GIVEN);
    settings.bool("audited", false);
    settings.duration("patience", Duration.ofSeconds(1));
    settings.strings("tags");
    settings.section("limits").ifPresent(limits -> limits.integer("reads", 1, 1, 9));
    settings.sections("labels").values().forEach(label -> label.string("text"));
    long most = settings.integer("max-items", 10_000, 1, Long.MAX_VALUE);
    FirstStore store = new FirstStore(context.resource(), context.idField(), context.json(), most);
    settings.path("items").ifPresent(file -> fill(store, context, file));
    return store;
  }

  private static void fill(FirstStore store, StoreContext context, Path file) {
    try {
      JsonValue read = context.json().read(Files.readAllBytes(file));
      if (!(read instanceof JsonArray items)) {
        throw context.settings().wrong("items", "should be a file with an array of items");
      }
      for (JsonValue each : items.elements()) {
        JsonObject body = (JsonObject) each;
        String id = body.get(context.idField()).flatMap(JsonValue::text).orElseThrow();
        store.put(id, body, new Precondition.None());
      }
    } catch (IOException unreadable) {
      throw context.settings().wrong("items", "should be a file that can be read");
    }
  }
}

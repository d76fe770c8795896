package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.server.ManagementServer.Page;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Tells those who run the server which stores answer: 200 when all do, 503 otherwise. */
final class StoresPage {
  private StoresPage() {}

  /** The page of now; takes two seconds at most. */
  static Page of(Gateway gateway) {
    List<Gateway.StoreHealth> stores;
    try {
      stores = gateway.checkStores();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the server is stopping", stop);
    }
    boolean up = stores.stream().allMatch(Gateway.StoreHealth::isUp);
    return new Page(up ? 200 : 503, "application/json", json(up, stores));
  }

  private static String json(boolean up, List<Gateway.StoreHealth> stores) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("status", word(up));
      json.writeArrayPropertyStart("stores");
      stores.forEach(store -> write(store, json));
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void write(Gateway.StoreHealth store, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("resource", store.resource());
    json.writeStringProperty("service", store.service());
    json.writeStringProperty("status", word(store.isUp()));
    json.writeStringProperty("since", store.since().toString());
    json.writeStringProperty("checked", store.checked().toString());
    if (!store.isUp()) {
      json.writeStringProperty("reason", store.reason());
    }
    json.writeEndObject();
  }

  private static String word(boolean up) {
    return up ? "up" : "down";
  }
}

package dev.backplane.core.plugin;

import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import java.nio.file.Path;

/** A resource as a test gives it to a service. */
record TestContext(String resource, Settings settings) implements StoreContext {
  static TestContext of(String resource, JsonObject settings) {
    return new TestContext(resource, Settings.of(settings, Path.of("")));
  }

  static TestContext of(String resource) {
    return of(resource, JsonObject.empty());
  }

  @Override
  public String idField() {
    return "id";
  }

  @Override
  public JsonCodec json() {
    throw new UnsupportedOperationException("no plugin of these tests keeps JSON as text");
  }
}

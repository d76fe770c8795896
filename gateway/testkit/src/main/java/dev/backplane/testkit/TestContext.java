package dev.backplane.testkit;

import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import java.nio.file.Path;

/**
 * What a service gets to know when a test opens a store: for the contract, and for a plugin's own
 * tests. Its codec is strict and exact, as the gateway's is.
 *
 * @param resource the resource's name
 * @param idField the member that holds the id
 * @param settings the settings
 * @param json the codec
 */
public record TestContext(String resource, String idField, Settings settings, JsonCodec json)
    implements StoreContext {

  /**
   * A resource {@code things} with the id field {@code id}.
   *
   * @param settings the settings, as a mapping would give them
   * @param directory what relative paths in them are relative to
   * @return the context
   */
  public static TestContext of(JsonObject settings, Path directory) {
    return new TestContext("things", "id", Settings.of(settings, directory), new StrictJson());
  }

  /**
   * The same with another id field.
   *
   * @param name the member that holds the id
   * @return the context
   */
  public TestContext withIdField(String name) {
    return new TestContext(resource, name, settings, json);
  }
}

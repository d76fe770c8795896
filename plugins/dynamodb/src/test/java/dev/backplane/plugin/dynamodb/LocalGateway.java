package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.StartableStore;
import dev.backplane.spi.WritableStore;
import dev.backplane.testkit.TestContext;
import java.nio.file.Path;

/** Another process that uses a local database, as a gateway does, until it is killed. */
final class LocalGateway {
  private LocalGateway() {}

  /** Says {@code ready} after a write, followed by the id of the database's process. */
  public static void main(String[] args) throws InterruptedException {
    WritableStore store = start(Path.of(args[0]));
    store.put("from-another", JsonObject.empty(), new Precondition.Absent());
    long child = ProcessHandle.current().children().findFirst().orElseThrow().pid();
    System.out.println("ready " + child);
    Thread.currentThread().join();
  }

  /** Opens and starts a resource with a seed of two users; its data is in the directory. */
  static WritableStore start(Path directory) {
    WritableStore store = open(directory);
    ((StartableStore) store).start();
    return store;
  }

  /** Opens the resource as a check of the mapping does, without starting it. */
  static WritableStore open(Path directory) {
    JsonObject settings =
        JsonObject.of("endpoint", new JsonString("local"))
            .with("local-home", new JsonString(TestDatabase.localHome().toString()))
            .with("local-data", new JsonString(directory.toString()))
            .with("table", new JsonString("users"))
            .with("seed", new JsonString("examples/users.json"));
    TestContext context = TestContext.of(settings, Path.of("").toAbsolutePath());
    return (WritableStore) new DynamoDbService().open(context);
  }
}

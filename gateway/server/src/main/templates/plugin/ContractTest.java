package @package@;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Service;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import dev.backplane.testkit.StoreContract;
import dev.backplane.testkit.TestContext;
import org.junit.jupiter.api.Test;

/** The rules that every store keeps, and what this one has besides. */
class @Name@ContractTest extends StoreContract {
  @Override
  protected Class<? extends Service> service() {
    return @Name@Service.class;
  }

  /** Those of a fresh resource without items, before each test. */
  @Override
  protected JsonObject settings() {
    return JsonObject.empty();
  }

  @Test
  void create_when_the_resource_is_full_is_refused() {
    JsonObject settings = JsonObject.of("max-items", JsonNumber.of(1));
    try (WritableStore store =
        (WritableStore) new @Name@Service().open(TestContext.of(settings, directory()))) {
      store.create(JsonObject.empty());
      assertThrows(StoreException.class, () -> store.create(JsonObject.empty()));
    }
  }
}

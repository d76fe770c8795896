package dev.backplane.testkit;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract that every store keeps, as JUnit tests. A plugin extends this class and says how to
 * open an empty resource:
 *
 * <pre>{@code
 * class MemoryContractTest extends StoreContract {
 *   @Override
 *   protected Class<? extends Service> service() {
 *     return MemoryService.class;
 *   }
 *
 *   @Override
 *   protected JsonObject settings() {
 *     return JsonObject.empty();
 *   }
 * }
 * }</pre>
 *
 * <p>Each test opens one store after {@code @BeforeEach} and closes it before {@code @AfterEach},
 * so what a backend needs around a test belongs there or into {@link #settings}. A test whose rule
 * does not apply, such as writing to a store that only reads, is reported as skipped with the
 * reason. A store that only reads says what its resource holds with {@link #items}.
 *
 * <p>A test may be overridden, for example with {@code @Disabled} and a reason, but a rule that a
 * store does not keep is one that the gateway's clients will miss.
 */
@ExtendWith(ResourceExtension.class)
public abstract class StoreContract
    implements ServiceRules,
        ReadRules,
        PagingRules,
        ChangeRules,
        FilterRules,
        OrderRules,
        CountRules,
        BatchRules,
        CheckRules,
        WorkRules,
        WriteRules,
        PreconditionRules,
        VersionRules,
        IdRules,
        ValueRules,
        ConcurrencyRules,
        BatchPutRules,
        TransactionRules,
        TransactionRaceRules {

  /** For subclasses; JUnit makes an instance for each test. */
  protected StoreContract() {}

  /**
   * The class under test, as {@code META-INF/services} names it.
   *
   * @return a public class with a public constructor without parameters
   */
  protected abstract Class<? extends Service> service();

  /**
   * Makes a fresh resource without items and says which settings open it. Called before each test.
   *
   * @return the settings, as a mapping would give them
   * @throws Exception when the backend cannot be prepared; the test fails with it
   */
  protected abstract JsonObject settings() throws Exception;

  /**
   * The items that the resource holds, for a store that only reads; ten or more, with values of
   * several types, make the best test.
   *
   * @return the bodies by id; none, unless overridden
   */
  protected Map<String, JsonObject> items() {
    return Map.of();
  }

  /**
   * An id that the contract may use; for a backend whose ids have a form.
   *
   * @param number from 0; different numbers give different ids
   * @return {@code item-} and the number, unless overridden
   */
  protected String id(int number) {
    return "item-" + number;
  }

  /**
   * Whether the backend can hold an item. What it cannot hold is refused with {@code INVALID},
   * which the contract tests, and never stored in another form.
   *
   * @param id the item's id
   * @param body its body
   * @return {@code true}, unless overridden
   */
  protected boolean canHold(String id, JsonObject body) {
    return true;
  }

  /**
   * Whether the store can choose the id of a new item. Where only the client can, {@code create} is
   * refused with {@code INVALID}, which the contract tests.
   *
   * @return {@code true}, unless overridden
   */
  protected boolean choosesIds() {
    return true;
  }

  /**
   * The resource's id field.
   *
   * @return {@code id}, unless overridden
   */
  protected String idField() {
    return "id";
  }

  /**
   * What relative paths in settings are relative to.
   *
   * @return the working directory, unless overridden
   */
  protected Path directory() {
    return Path.of("").toAbsolutePath();
  }

  /**
   * Opens the store, for a service that a test has to reach into.
   *
   * @param context what the service gets to know
   * @return what a new instance of {@link #service} opens, unless overridden
   * @throws Exception when that fails; the test fails with it
   */
  protected Store open(StoreContext context) throws Exception {
    return service().getConstructor().newInstance().open(context);
  }
}

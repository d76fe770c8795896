package @package@;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;

/** What a mapping calls {@code @name@}. */
public final class @Name@Service implements Service {
  @Override
  public String name() {
    return "@name@";
  }

  /** Reads every setting, so that a mistake in the mapping shows at once; contacts nothing yet. */
  @Override
  public Store open(StoreContext context) {
    long most = context.settings().integer("max-items", 10_000, 1, Long.MAX_VALUE);
    return new @Name@Store(context.idField(), most);
  }
}

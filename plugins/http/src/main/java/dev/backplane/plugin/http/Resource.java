package dev.backplane.plugin.http;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What every store of a REST service does; which of it a store shows is its type.
 *
 * @param lease the connections, shared with other resources
 * @param reader reads items
 * @param lister reads lists
 * @param many reads several items at once
 */
record Resource(
    Shared<ConnectionSettings, Connection>.Lease lease,
    ItemReader reader,
    Lister lister,
    ManyReader many) {
  Optional<Item> get(String id) {
    return reader.read(id, reader.backend().deadline()).map(ItemReader.Found::item);
  }

  Page list(Query query) {
    return lister.list(query);
  }

  /** The backend's own total; of a filter it need not be exact, as the backend may match more. */
  OptionalLong count(Filter filter) {
    return filter.conjuncts().isEmpty() ? lister.total(filter) : OptionalLong.empty();
  }

  OptionalLong estimate(Filter filter) {
    return lister.asksAll(filter) ? lister.total(filter) : OptionalLong.empty();
  }

  void close() {
    lease.close();
  }
}

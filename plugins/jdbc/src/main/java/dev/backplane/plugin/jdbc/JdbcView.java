package dev.backplane.plugin.jdbc;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.CheckableStore;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.StartableStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A view, or a table that is only read. */
record JdbcView(TableAccess access)
    implements BatchGetStore, CheckableStore, CountableStore, StartableStore {

  @Override
  public void start() {
    access.warm();
  }

  @Override
  public void check() {
    access.call(OpenTable::check);
  }

  @Override
  public Optional<Item> get(String id) {
    return access.call(table -> table.get(id));
  }

  @Override
  public List<Item> getAll(Set<String> ids) {
    return access.call(table -> table.getAll(ids));
  }

  @Override
  public Page list(Query query) {
    return access.call(table -> table.list(query));
  }

  @Override
  public OptionalLong count(Filter filter) {
    return access.call(table -> table.count(filter));
  }

  @Override
  public void close() {
    access.close();
  }
}

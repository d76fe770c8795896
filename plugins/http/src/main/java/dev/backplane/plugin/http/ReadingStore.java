package dev.backplane.plugin.http;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A REST service that is only read. Safe for use by many threads. */
class ReadingStore implements BatchGetStore {
  final Resource resource;

  ReadingStore(Resource resource) {
    this.resource = resource;
  }

  @Override
  public final Optional<Item> get(String id) {
    return resource.get(id);
  }

  @Override
  public final Page list(Query query) {
    return resource.list(query);
  }

  @Override
  public final List<Item> getAll(Set<String> ids) {
    return resource.many().read(ids);
  }

  @Override
  public final void close() {
    resource.close();
  }

  /** One whose lists say how many items there are. */
  static final class Counting extends ReadingStore implements CountableStore {
    Counting(Resource resource) {
      super(resource);
    }

    @Override
    public OptionalLong count(Filter filter) {
      return resource.count(filter);
    }

    @Override
    public OptionalLong estimate(Filter filter) {
      return resource.estimate(filter);
    }
  }
}

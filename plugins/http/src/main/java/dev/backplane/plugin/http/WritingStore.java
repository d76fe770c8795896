package dev.backplane.plugin.http;

import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.WritableStore;
import java.util.OptionalLong;

/** A REST service that is also written to. Safe for use by many threads. */
class WritingStore extends ReadingStore implements WritableStore {
  private final Writer writer;
  private final boolean randomIds;

  WritingStore(Resource resource, Writer writer, boolean randomIds) {
    super(resource);
    this.writer = writer;
    this.randomIds = randomIds;
  }

  @Override
  public final PutResult put(String id, JsonObject body, Precondition precondition) {
    return writer.put(id, body, precondition);
  }

  @Override
  public final DeleteResult delete(String id, Precondition precondition) {
    return writer.delete(id, precondition);
  }

  @Override
  public final Item create(JsonObject body) {
    return randomIds ? WritableStore.super.create(body) : writer.create(body);
  }

  @Override
  public final boolean hasRandomIds() {
    return randomIds;
  }

  /** One whose lists say how many items there are. */
  static final class Counting extends WritingStore implements CountableStore {
    Counting(Resource resource, Writer writer, boolean randomIds) {
      super(resource, writer, randomIds);
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

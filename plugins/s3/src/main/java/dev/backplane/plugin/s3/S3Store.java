package dev.backplane.plugin.s3;

import dev.backplane.plugin.s3.ParallelReader.Wanted;
import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StartableStore;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** The items under one prefix of a bucket. */
final class S3Store implements StartableStore, WritableStore, BatchGetStore, CountableStore {
  private final BucketSettings bucket;
  private final ObjectKeys keys;
  private final ItemCodec items;
  private final Shared<ConnectionSettings, Connection>.Lease lease;
  private final Connection connection;
  private final ObjectReader reader;
  private final ParallelReader several;
  private final ObjectWriter writer;
  private final Failures failures;
  private final LocalBucket made;
  private volatile boolean preparing; // until the bucket is there, where we make it

  S3Store(
      BucketSettings bucket,
      JsonCodec json,
      Shared<ConnectionSettings, Connection>.Lease lease,
      LocalBucket made) {
    this.bucket = bucket;
    this.keys = new ObjectKeys(bucket.prefix(), bucket.suffix());
    this.items = new ItemCodec(bucket, json);
    this.lease = lease;
    this.connection = lease.value();
    this.reader = new ObjectReader(bucket, items);
    this.several = new ParallelReader(reader, connection);
    this.writer = new ObjectWriter(bucket, items, reader, connection);
    this.failures = new Failures(bucket, connection.region());
    this.made = made;
  }

  /** Only says that there is something to make: an emulator may start after the gateway. */
  @Override
  public void start() {
    preparing = made.asked();
  }

  @Override
  public Optional<Item> get(String id) {
    return keys.key(id)
        .flatMap(key -> call(aws -> reader.read(aws, key, id)).flatMap(StoredObject::item));
  }

  @Override
  public List<Item> getAll(Set<String> ids) {
    List<Wanted> wanted =
        ids.stream().flatMap(id -> keys.key(id).map(key -> new Wanted(key, id)).stream()).toList();
    if (wanted.isEmpty()) {
      return List.of();
    }
    return call(aws -> several.read(aws, wanted)).stream()
        .flatMap(object -> object.flatMap(StoredObject::item).stream())
        .toList();
  }

  @Override
  public Page list(Query query) {
    if (!query.order().isEmpty()) {
      // the order of keys is not the gateway's: "a.json" stands behind "a-b.json"
      throw new StoreException(Reason.UNSUPPORTED, "The backend of this resource does not sort.");
    }
    Optional<String> after = query.cursor().map(cursor -> Cursor.key(cursor, bucket.prefix()));
    String beginning = IdFilter.beginning(query.filter(), bucket.idField(), keys);
    return call(aws ->
        new ItemList(
                items,
                several,
                query,
                new Keys(aws, bucket.bucket(), keys, beginning, after),
                connection.timeout())
            .read(aws));
  }

  /** By the listing alone, where that tells; without reading an object. */
  @Override
  public OptionalLong count(Filter filter) {
    if (!filter.conjuncts().isEmpty()) {
      return OptionalLong.empty();
    }
    return call(aws ->
        new KeyCount(
                new Keys(aws, bucket.bucket(), keys, bucket.prefix(), Optional.empty()),
                connection.timeout())
            .count());
  }

  @Override
  public PutResult put(String id, JsonObject body, Precondition precondition) {
    String key = keys.keyToWrite(id);
    return call(aws -> writer.put(aws, key, id, body, precondition));
  }

  @Override
  public DeleteResult delete(String id, Precondition precondition) {
    return keys.key(id)
        .map(key -> call(aws -> writer.delete(aws, key, id, precondition)))
        .orElseGet(DeleteResult.Missing::new);
  }

  private <T> T call(Function<S3Client, T> call) {
    try {
      S3Client aws = connection.client();
      if (preparing) {
        prepare(aws);
      }
      return call.apply(aws);
    } catch (SdkException failure) {
      throw failures.translate(failure);
    }
  }

  /** Where it fails, the call does, and the next one tries again. */
  private synchronized void prepare(S3Client aws) {
    if (preparing) {
      if (made.make(aws, connection.region())) {
        made.seed()
            .forEach((id, body) ->
                writer.put(aws, keys.keyToWrite(id), id, body, new Precondition.Absent()));
      }
      preparing = false;
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}

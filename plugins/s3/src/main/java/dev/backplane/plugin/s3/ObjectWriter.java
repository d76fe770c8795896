package dev.backplane.plugin.s3;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Writes objects. Every write states what it replaces, so that nobody's is lost: nothing ({@code
 * If-None-Match: *}), or an object with the ETag that was read ({@code If-Match}). When that is not
 * so any more, the item is read again. Safe for use by many threads.
 */
final class ObjectWriter {
  private static final Logger LOG = LoggerFactory.getLogger(S3Service.class);
  private static final Set<Integer> CHANGED = Set.of(404, 409, 412);

  private final BucketSettings bucket;
  private final ItemCodec items;
  private final ObjectReader reader;
  private final Connection connection;

  ObjectWriter(BucketSettings bucket, ItemCodec items, ObjectReader reader, Connection connection) {
    this.bucket = bucket;
    this.items = items;
    this.reader = reader;
    this.connection = connection;
  }

  PutResult put(S3Client aws, String key, String id, JsonObject body, Precondition precondition) {
    String write = UUID.randomUUID().toString();
    Patience patience = new Patience(connection.timeout());
    Optional<StoredObject> before =
        precondition instanceof Precondition.Absent
            ? Optional.empty() // the service tells when that is wrong
            : reader.read(aws, key, id);
    while (true) {
      Optional<Item> current = before.flatMap(StoredObject::item);
      if (!holds(precondition, current)) {
        return new PutResult.PreconditionFailed(current);
      }
      JsonObject whole = items.withId(id, body, current);
      byte[] bytes = items.write(whole);
      Optional<String> tag = store(aws, key, bytes, before.map(StoredObject::tag), write);
      if (tag.isPresent()) {
        return result(current, new Item(id, ObjectReader.version(tag.get()), whole));
      }
      before = reader.read(aws, key, id);
      if (before.flatMap(StoredObject::write).equals(Optional.of(write))) {
        // an attempt whose answer was lost had done it
        return result(current, before.flatMap(StoredObject::item).orElseThrow());
      }
      patience.pause();
    }
  }

  private static PutResult result(Optional<Item> before, Item item) {
    return before.isEmpty() ? new PutResult.Created(item) : new PutResult.Replaced(item);
  }

  DeleteResult delete(S3Client aws, String key, String id, Precondition precondition) {
    Patience patience = new Patience(connection.timeout());
    while (true) {
      Optional<StoredObject> before = reader.read(aws, key, id);
      Optional<Item> current = before.flatMap(StoredObject::item);
      if (current.isEmpty()) {
        return new DeleteResult.Missing();
      }
      if (!holds(precondition, current)) {
        return new DeleteResult.PreconditionFailed(current.get());
      }
      if (remove(aws, key, before.get().tag())) {
        return new DeleteResult.Deleted(current.get());
      }
      patience.pause();
    }
  }

  private static boolean holds(Precondition precondition, Optional<Item> current) {
    return switch (precondition) {
      case Precondition.None none -> true;
      case Precondition.Absent absent -> current.isEmpty();
      case Precondition.Exists exists -> current.isPresent();
      case Precondition.Matches matches ->
          current.map(Item::version).equals(Optional.of(matches.version()));
    };
  }

  /** Stores bytes over what was read; empty when somebody else was there first. */
  private Optional<String> store(
      S3Client aws, String key, byte[] bytes, Optional<String> replaced, String write) {
    PutObjectRequest.Builder put =
        PutObjectRequest.builder()
            .bucket(bucket.bucket())
            .key(key)
            .contentType("application/json")
            .metadata(Map.of(ObjectReader.WRITE, write));
    replaced.ifPresentOrElse(put::ifMatch, () -> put.ifNoneMatch("*"));
    try {
      return Optional.of(aws.putObject(put.build(), RequestBody.fromBytes(bytes)).eTag());
    } catch (AwsServiceException refusal) {
      if (isChanged(refusal)) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** Removes what was read; false when somebody else was there first. */
  private boolean remove(S3Client aws, String key, String tag) {
    if (connection.conditionalDeletes().get()) {
      try {
        aws.deleteObject(delete -> delete.bucket(bucket.bucket()).key(key).ifMatch(tag));
        return true;
      } catch (AwsServiceException refusal) {
        if (isChanged(refusal)) {
          return false;
        }
        if (refusal.statusCode() != 501) {
          throw refusal;
        }
        if (connection.conditionalDeletes().getAndSet(false)) {
          LOG.warn(
              "The endpoint does not delete on a condition, as S3 does: what is deleted leaves an"
                  + " empty object behind");
        }
      }
    }
    return store(aws, key, new byte[0], Optional.of(tag), UUID.randomUUID().toString()).isPresent();
  }

  /** A condition that failed (412), was overtaken (409) or met no object (404). */
  private static boolean isChanged(AwsServiceException refusal) {
    return CHANGED.contains(refusal.statusCode()) && !Failures.isAboutBucket(refusal);
  }
}

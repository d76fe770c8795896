package dev.backplane.plugin.s3;

import dev.backplane.spi.Item;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Reads one object. Safe for use by many threads. */
final class ObjectReader {
  /** The metadata in which a write leaves its name. */
  static final String WRITE = "backplane-write";

  private static final Logger LOG = LoggerFactory.getLogger(S3Service.class);

  private final BucketSettings bucket;
  private final ItemCodec items;

  ObjectReader(BucketSettings bucket, ItemCodec items) {
    this.bucket = bucket;
    this.items = items;
  }

  private record Content(GetObjectResponse head, Optional<byte[]> bytes) {}

  /**
   * Reads an object.
   *
   * @return empty when there is none
   * @throws StoreException when it is too large, or no JSON object
   */
  Optional<StoredObject> read(S3Client aws, String key, String id) {
    Content content;
    try {
      content =
          aws.getObject(
              get -> get.bucket(bucket.bucket()).key(key),
              (ResponseTransformer<GetObjectResponse, Content>) this::content);
    } catch (NoSuchKeyException missing) {
      return Optional.empty();
    }
    byte[] bytes =
        content.bytes().orElseThrow(() -> broken(key, "has more than the bytes of max-item-size"));
    Optional<String> write =
        content.head().metadata().entrySet().stream()
            .filter(each -> each.getKey().toLowerCase(Locale.ROOT).equals(WRITE))
            .map(Map.Entry::getValue)
            .findAny();
    String tag = content.head().eTag();
    if (bytes.length == 0) {
      return Optional.of(new StoredObject(tag, write, Optional.empty()));
    }
    Item item =
        items
            .read(id, version(tag), bytes)
            .orElseThrow(() -> broken(key, "is not a JSON object in UTF-8"));
    return Optional.of(new StoredObject(tag, write, Optional.of(item)));
  }

  /** A failure in here would be taken for one of the service, and tried again. */
  private Content content(GetObjectResponse head, AbortableInputStream body) throws IOException {
    if (head.contentLength() > bucket.maxItemSize()) {
      body.abort();
      return new Content(head, Optional.empty());
    }
    return new Content(head, Optional.of(body.readAllBytes()));
  }

  /** The version of an item: its object's ETag without the quotes. */
  static String version(String tag) {
    return tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"")
        ? tag.substring(1, tag.length() - 1)
        : tag;
  }

  /**
   * Not left out: a list that lacks an item that is there would be wrong, and nobody would know.
   */
  private StoreException broken(String key, String what) {
    LOG.error("The object \"{}\" in the bucket \"{}\" {}", key, bucket.bucket(), what);
    return new StoreException(
        Reason.UNAVAILABLE, "An item of this resource cannot be read; the log tells which.");
  }
}

package dev.backplane.plugin.s3;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/**
 * A bucket that is made at an emulator where the mapping asks for it, and the first items of the
 * resource there.
 *
 * @param asked whether the mapping asks for it
 * @param seed the bodies of the first items by id
 */
record LocalBucket(BucketSettings bucket, boolean asked, Map<String, JsonObject> seed) {
  private static final Logger LOG = LoggerFactory.getLogger(S3Service.class);

  /** Reads the seed file, so that a mistake in it shows at start. */
  static LocalBucket read(StoreContext context, BucketSettings bucket, Endpoint endpoint) {
    Settings settings = context.settings();
    boolean asked = settings.bool("create-bucket", false);
    Optional<Path> file = settings.path("seed");
    if (asked && endpoint.isAws()) {
      throw settings.wrong(
          "create-bucket", "is for emulators; buckets in AWS are made by you, or from a template");
    }
    Map<String, JsonObject> seed = new LinkedHashMap<>();
    if (asked && file.isPresent()) {
      for (JsonValue element : elements(context, file.get())) {
        if (!(element instanceof JsonObject body)) {
          throw settings.wrong("seed", "names a file with something else than objects in it");
        }
        String id =
            body.get(bucket.idField())
                .flatMap(JsonValue::text)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> settings.wrong("seed", "names a file with an item without id"));
        seed.put(id, body);
      }
    }
    return new LocalBucket(bucket, asked, seed);
  }

  private static List<JsonValue> elements(StoreContext context, Path file) {
    try {
      if (context.json().read(Files.readAllBytes(file)) instanceof JsonArray array) {
        return array.elements();
      }
    } catch (IOException unreadable) {
      throw context.settings().wrong("seed", "names a file that cannot be read");
    } catch (JsonException wrong) {
      throw context
          .settings()
          .wrong("seed", "names a file that is not JSON: " + wrong.getMessage());
    }
    throw context.settings().wrong("seed", "names a file that is not an array of objects");
  }

  /** Makes the bucket where it is missing; whether there is nothing of the resource in it. */
  boolean make(S3Client aws, String region) {
    try {
      aws.headBucket(head -> head.bucket(bucket.bucket()));
    } catch (NoSuchBucketException missing) {
      create(aws, region);
    }
    return aws.listObjectsV2(
            list -> list.bucket(bucket.bucket()).prefix(bucket.prefix()).maxKeys(1))
        .contents()
        .isEmpty();
  }

  private void create(S3Client aws, String region) {
    try {
      aws.createBucket(create -> {
        create.bucket(bucket.bucket());
        if (!region.equals("us-east-1")) { // which the service does not want to hear
          create.createBucketConfiguration(
              CreateBucketConfiguration.builder().locationConstraint(region).build());
        }
      });
      LOG.info("Made the bucket \"{}\"", bucket.bucket());
    } catch (BucketAlreadyOwnedByYouException made) {
      LOG.debug("Another resource made the bucket meanwhile", made);
    }
  }
}

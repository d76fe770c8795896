package dev.backplane.plugin.s3;

import dev.backplane.plugin.s3.ParallelReader.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The keys of a resource's objects, in the service's order, from some place to the end. For one
 * call on one thread.
 */
final class Keys {
  private static final int MOST_AT_ONCE = 1000; // the service's

  private final S3Client aws;
  private final ObjectKeys keys;
  private final ListObjectsV2Request.Builder request;
  private Optional<String> last;
  private boolean ended;

  /**
   * The keys that begin in some way.
   *
   * @param beginning with what they begin
   * @param after behind which key
   */
  Keys(S3Client aws, String bucket, ObjectKeys keys, String beginning, Optional<String> after) {
    this.aws = aws;
    this.keys = keys;
    this.last = after;
    this.request =
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(beginning)
            // what stands deeper is none of the resource's
            .delimiter("/");
    after.ifPresent(request::startAfter);
  }

  /** Whether there is nothing behind what was given. */
  boolean isEnded() {
    return ended;
  }

  /** The last key that was met; empty at the beginning. */
  Optional<String> last() {
    return last;
  }

  /** Asks once: the next keys of items, at most so many, perhaps none. */
  List<Wanted> next(int most) {
    ListObjectsV2Response page =
        aws.listObjectsV2(request.maxKeys(Math.min(most, MOST_AT_ONCE)).build());
    List<Wanted> items = new ArrayList<>();
    for (S3Object object : page.contents()) {
      last = Optional.of(object.key());
      if (object.size() > 0) { // an object of no bytes stands for a deleted item
        keys.id(object.key()).ifPresent(id -> items.add(new Wanted(object.key(), id)));
      }
    }
    @Nullable String token = page.nextContinuationToken();
    // Behind the last key rather than by the token, which LocalStack cannot read of every key; but
    // a
    // page of nothing that stands deeper has no key.
    if (page.contents().isEmpty()) {
      request.startAfter(null).continuationToken(token);
    } else {
      request.startAfter(last.orElseThrow()).continuationToken(null);
    }
    ended = token == null;
    return items;
  }
}

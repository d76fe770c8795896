package dev.backplane.plugin.s3;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;

/**
 * Serves resources from the objects of an Amazon S3 bucket, one JSON object in each. README.md
 * lists the settings.
 *
 * <p>Resources with the same connection settings share a client, which is made at the first call.
 */
public final class S3Service implements Service {
  private final Shared<ConnectionSettings, Connection> connections =
      new Shared<>(Connection::new, Connection::close);

  /** For {@link java.util.ServiceLoader}. */
  public S3Service() {}

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public Store open(StoreContext context) {
    BucketSettings bucket = BucketSettings.read(context);
    ConnectionSettings settings = ConnectionSettings.read(context.settings());
    LocalBucket made = LocalBucket.read(context, bucket, settings.endpoint());
    return new S3Store(bucket, context.json(), connections.lease(settings), made);
  }
}

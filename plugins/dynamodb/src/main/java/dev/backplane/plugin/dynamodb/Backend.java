package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Provision;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What is behind a store.
 *
 * @param client gives the client; may wait for a database to start
 * @param start does what is to be done before the first call
 * @param close gives all of it back
 * @param provision what it consists of in the cloud
 */
record Backend(
    Supplier<DynamoDbClient> client,
    Runnable start,
    Runnable close,
    Supplier<Provision> provision) {
  static Backend of(TableAccess access) {
    return new Backend(access::client, access::start, access::close, access::provision);
  }
}

package dev.backplane.server;

import dev.backplane.core.contract.AccessContract;
import dev.backplane.core.contract.Client;
import dev.backplane.plugin.s3.TestBucket;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Who may do what on the server, over a real S3, which can tell no items apart but by their ids.
 */
final class S3AccessContractIT extends AccessContract {
  @Override
  protected Client start(Path mapping) throws Exception {
    TestBucket bucket = TestBucket.get();
    // a bucket that outlives this run has the items of others, too
    String prefix = "access-" + UUID.randomUUID() + "/";
    AccessMapping.move(
        mapping,
        "s3",
        "{region: eu-west-1, endpoint: \"%s\", bucket: %s, access-key: test, secret-key: test}"
            .formatted(bucket.endpoint(), bucket.name()),
        resource -> "{prefix: " + prefix + resource + "/}");
    return SocketClient.start(mapping);
  }

  @Override
  public boolean transacts() {
    return false;
  }
}

package dev.backplane.server;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import dev.backplane.plugin.s3.TestBucket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** The HTTP contract on the server, over a real S3. */
final class S3HttpContractIT extends HttpContract {
  @Override
  protected List<String> files() {
    return List.of("s3-mapping.yaml", PRODUCTS_FILE);
  }

  @Override
  protected Client start(Path mapping) throws Exception {
    TestBucket bucket = TestBucket.get();
    Files.writeString(
        mapping,
        Files.readString(mapping)
            .replace("${S3_ENDPOINT}", bucket.endpoint().toString())
            .replace("${BUCKET}", bucket.name())
            // a bucket that outlives this run has the items of others, too
            .replace("${PREFIX}", "contract-" + UUID.randomUUID() + "/"));
    SocketClient client = SocketClient.start(mapping);
    createProducts(client, mapping);
    return client;
  }

  @Override
  public boolean sorts() {
    return false;
  }

  /** A key has 1,024 bytes, with the prefix and the suffix. */
  @Override
  public int longestId() {
    return 900;
  }

  @Override
  public boolean transacts() {
    return false;
  }
}

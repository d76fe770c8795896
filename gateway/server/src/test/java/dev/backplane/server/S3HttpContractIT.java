package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.HttpContract;
import dev.backplane.core.contract.Request;
import dev.backplane.core.http.Json;
import dev.backplane.plugin.s3.TestBucket;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** The HTTP contract on the server, over a real S3. */
final class S3HttpContractIT extends HttpContract {
  @Override
  protected List<String> files() {
    return List.of("s3-mapping.yaml", "contract-products.json");
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
    fill(client, mapping.resolveSibling("contract-products.json"));
    return client;
  }

  private static void fill(Client client, Path products) throws Exception {
    for (JsonValue product :
        ((JsonArray) Json.CODEC.read(Files.readAllBytes(products))).elements()) {
      String body = new String(Json.CODEC.write(product), StandardCharsets.UTF_8);
      assertThat(client.send(Request.json("POST", "/api/products", body)).status()).isEqualTo(201);
    }
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

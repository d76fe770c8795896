package dev.backplane.plugin.s3;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Service;
import dev.backplane.testkit.StoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a service that deletes on a condition, as AWS does and LocalStack does not. */
class S3ContractTest extends StoreContract {
  private static StandIn service;
  private static TestBucket bucket;

  @BeforeAll
  static void start() {
    service = StandIn.start();
    bucket = new TestBucket(service.endpoint());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Override
  protected Class<? extends Service> service() {
    return S3Service.class;
  }

  @Override
  protected JsonObject settings() {
    return bucket.settings(bucket.newPrefix()).with("suffix", new JsonString("none"));
  }

  @Override
  protected boolean canHold(String id, JsonObject body) {
    return new ObjectKeys("test-00000000-0000-0000-0000-000000000000/", "").key(id).isPresent();
  }
}

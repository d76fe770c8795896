package dev.backplane.plugin.s3;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Service;
import dev.backplane.testkit.StoreContract;

class S3ContractIT extends StoreContract {
  @Override
  protected Class<? extends Service> service() {
    return S3Service.class;
  }

  @Override
  protected JsonObject settings() {
    TestBucket bucket = TestBucket.get();
    return bucket.settings(bucket.newPrefix());
  }

  @Override
  protected boolean canHold(String id, JsonObject body) {
    return new ObjectKeys("test-00000000-0000-0000-0000-000000000000/", ".json")
        .key(id)
        .isPresent();
  }
}

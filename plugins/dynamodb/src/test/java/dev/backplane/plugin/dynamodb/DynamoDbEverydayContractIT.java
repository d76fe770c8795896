package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;

/** The contract where the store writes times, chooses ordered ids and knows when items end. */
class DynamoDbEverydayContractIT extends DynamoDbContractIT {
  @Override
  protected JsonObject settings() {
    return JsonObject.builder()
        .putAll(super.settings())
        .putAll(
            TestTable.json(
                "{'created': 'made at', 'updated': 'changed.at', 'ttl': 'ttl', 'ids': 'uuid-v7'}"))
        .build();
  }

  @Override
  protected Store open(StoreContext context) throws Exception {
    return new WithoutTimes((DynamoDbStore) super.open(context), "made at", "changed.at");
  }

  @Override
  protected boolean canHold(String id, JsonObject body) {
    return super.canHold(id, body)
        && body.get("made at").isEmpty()
        && body.get("changed.at").isEmpty();
  }
}

package dev.backplane.plugin.memory;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Service;
import dev.backplane.testkit.StoreContract;

class MemoryContractTest extends StoreContract {
  @Override
  protected Class<? extends Service> service() {
    return MemoryService.class;
  }

  @Override
  protected JsonObject settings() {
    return JsonObject.empty();
  }
}

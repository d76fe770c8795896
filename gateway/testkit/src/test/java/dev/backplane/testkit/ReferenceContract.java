package dev.backplane.testkit;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Service;
import java.util.UUID;

/** The contract over {@link ReferenceStore}; run by {@link StoreContractTest} and not by itself. */
class ReferenceContract extends StoreContract {
  /** What is wrong with the stores of the next run. */
  static volatile Defect defect = Defect.NONE;

  @Override
  protected Class<? extends Service> service() {
    return ReferenceService.class;
  }

  @Override
  protected JsonObject settings() {
    return JsonObject.of("defect", new JsonString(defect.name().replace('_', '-')))
        .with("resource", new JsonString(UUID.randomUUID().toString()));
  }
}

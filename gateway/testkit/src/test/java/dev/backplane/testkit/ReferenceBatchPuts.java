package dev.backplane.testkit;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How {@link ReferenceStore} puts many items at once. */
final class ReferenceBatchPuts {
  private static final int MOST = 25;

  private final Defect defect;
  private final ReferenceStore store;

  ReferenceBatchPuts(Defect defect, ReferenceStore store) {
    this.defect = defect;
    this.store = store;
  }

  Map<String, PutOutcome> putAll(Map<String, JsonObject> bodies) {
    Map<String, PutOutcome> outcomes = new LinkedHashMap<>();
    bodies.forEach((id, body) -> {
      if (defect != Defect.PUT_ALL_SAYS_NOTHING_OF_THE_LAST
          || outcomes.size() < bodies.size() - 1) {
        outcomes.put(id, put(id, body, outcomes.size()));
      }
    });
    return outcomes;
  }

  private PutOutcome put(String id, JsonObject body, int index) {
    try {
      Item item = stored(defect == Defect.PUT_ALL_TRIMS_IDS ? id.strip() : id, body);
      if (defect == Defect.PUT_ALL_OF_TWENTY_FIVE && index >= MOST) {
        store.delete(id, new Precondition.None());
      }
      return new PutOutcome.Stored(
          defect == Defect.PUT_ALL_ANSWERS_ANOTHER_VERSION
              ? new Item(id, "batch", item.body())
              : item);
    } catch (StoreException failure) {
      if (defect == Defect.PUT_ALL_FAILS_TOGETHER) {
        throw failure;
      }
      return new PutOutcome.Failed(failure);
    }
  }

  private Item stored(String id, JsonObject body) {
    JsonObject whole = body;
    Item before = store.current(id);
    if (defect == Defect.PUT_ALL_MERGES && before != null) {
      whole = JsonObject.builder().putAll(before.body()).putAll(body).build();
    }
    return switch (store.put(id, whole, new Precondition.None())) {
      case PutResult.Created created -> created.item();
      case PutResult.Replaced replaced -> replaced.item();
      case PutResult.PreconditionFailed failed -> throw new IllegalStateException();
    };
  }
}

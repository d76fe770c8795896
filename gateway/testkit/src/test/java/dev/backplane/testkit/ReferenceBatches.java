package dev.backplane.testkit;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How {@link ReferenceStore} reads many items at once. */
final class ReferenceBatches {
  private static final int MOST = 100;

  private final Defect defect;
  private final Function<String, Optional<Item>> get;
  private final Map<String, Optional<Item>> cache = new HashMap<>();

  ReferenceBatches(Defect defect, Function<String, Optional<Item>> get) {
    this.defect = defect;
    this.get = get;
  }

  List<Item> getAll(Set<String> ids) {
    List<Item> items = new ArrayList<>();
    for (String id : ids) {
      if (defect == Defect.BATCH_OF_A_HUNDRED && items.size() == MOST) {
        break;
      }
      read(id).ifPresent(items::add);
    }
    if (defect == Defect.BATCH_REPEATS && !items.isEmpty()) {
      items.add(items.get(0));
    }
    return items;
  }

  private Optional<Item> read(String id) {
    Optional<Item> item = get.apply(id);
    return switch (defect) {
      case BATCH_SHOWS_ANOTHER_VERSION ->
          item.map(found -> new Item(found.id(), "batch", found.body()));
      case BATCH_FAILS_FOR_MISSING -> Optional.of(item.orElseThrow(NoSuchElementException::new));
      case BATCH_INVENTS_MISSING ->
          item.or(() -> Optional.of(new Item(id, "none", JsonObject.empty())));
      case BATCH_TRIMS_IDS -> id.isBlank() ? item : get.apply(id.strip());
      case BATCH_IS_CACHED -> cache.computeIfAbsent(id, none -> item);
      default -> item;
    };
  }
}

package dev.backplane.testkit;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import java.util.HashSet;
import java.util.Set;

/** Opens stores that are right, but for the defect that the setting names. */
public final class ReferenceService implements Service {
  private static final Set<String> OPENED = new HashSet<>();

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Store open(StoreContext context) {
    Defect defect = context.settings().choice("defect", Defect.NONE);
    String resource = context.settings().string("resource");
    if (defect == Defect.SETTINGS_ARE_REFUSED && !context.settings().unread().isEmpty()) {
      throw context.settings().wrong("settings", "are too many");
    }
    if (defect == Defect.SECOND_STORE_REFUSED && !OPENED.add(resource)) {
      throw context.settings().wrong("resource", "is in use");
    }
    return new ReferenceStore(defect, context.idField());
  }
}

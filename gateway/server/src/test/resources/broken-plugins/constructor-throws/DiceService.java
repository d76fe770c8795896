package com.example;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;

/** Cannot be made. */
public final class DiceService implements Service {
  public DiceService() {
    throw new IllegalStateException("no luck");
  }

  @Override
  public String name() {
    return "dice";
  }

  @Override
  public Store open(StoreContext context) {
    return new DiceStore();
  }
}

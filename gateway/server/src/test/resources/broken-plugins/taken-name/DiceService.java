package com.example;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;

/** Has a name that another plugin has. */
public final class DiceService implements Service {
  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Store open(StoreContext context) {
    return new DiceStore();
  }
}

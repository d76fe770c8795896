package com.example;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;

/** Has a name that no mapping can have. */
public final class DiceService implements Service {
  @Override
  public String name() {
    return "Dice!";
  }

  @Override
  public Store open(StoreContext context) {
    return new DiceStore();
  }
}

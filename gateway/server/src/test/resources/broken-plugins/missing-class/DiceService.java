package com.example;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;

/** Its constructor needs what was not packed. */
public final class DiceService implements Service {
  private final Library library = new Library();

  @Override
  public String name() {
    return "dice";
  }

  @Override
  public Store open(StoreContext context) {
    return new DiceStore();
  }
}

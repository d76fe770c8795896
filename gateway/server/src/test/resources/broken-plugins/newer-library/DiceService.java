package com.example;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;

/** Sound, but what a request will need is compiled for a newer Java. */
public final class DiceService implements Service {
  @Override
  public String name() {
    return "dice";
  }

  @Override
  public Store open(StoreContext context) {
    return new DiceStore();
  }
}

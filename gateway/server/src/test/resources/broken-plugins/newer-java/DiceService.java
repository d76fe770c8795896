package com.example;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;

/** Compiled for a Java that this gateway does not run on. */
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

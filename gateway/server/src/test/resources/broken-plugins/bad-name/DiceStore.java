package com.example;

import dev.backplane.spi.Item;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import java.util.List;
import java.util.Optional;

final class DiceStore implements Store {
  @Override
  public Optional<Item> get(String id) {
    return Optional.empty();
  }

  @Override
  public Page list(Query query) {
    return Page.last(List.of());
  }
}

package com.example;

import dev.backplane.spi.Item;
import java.util.Optional;

final class Library {
  static Optional<Item> find(String id) {
    return Optional.empty();
  }
}

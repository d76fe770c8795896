package dev.backplane.plugin.jdbc;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.List;

/** What a client is told whose item cannot be stored as it is. */
final class Refusals {
  private Refusals() {}

  static StoreException invalid(String message) {
    return new StoreException(Reason.INVALID, message);
  }

  static StoreException invalid(String field, String message) {
    return invalid("\"" + field + "\" " + message + ".").about(List.of(field));
  }
}

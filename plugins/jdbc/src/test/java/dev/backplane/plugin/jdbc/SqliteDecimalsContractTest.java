package dev.backplane.plugin.jdbc;

import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonValue;

class SqliteDecimalsContractTest extends TypedContract.Decimals {
  @Override
  TestDatabase database() {
    return TestDatabase.SQLITE;
  }

  /** SQLite has whole numbers of 64 bits and binary ones. */
  @Override
  boolean canHold(JsonValue v) {
    return super.canHold(v)
        && v instanceof JsonNumber number
        && (Numbers.whole(number.value()).isPresent()
            || Numbers.doubled(number.value()).isPresent());
  }
}

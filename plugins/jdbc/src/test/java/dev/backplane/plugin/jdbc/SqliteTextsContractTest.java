package dev.backplane.plugin.jdbc;

class SqliteTextsContractTest extends TypedContract.Texts {
  @Override
  TestDatabase database() {
    return TestDatabase.SQLITE;
  }
}

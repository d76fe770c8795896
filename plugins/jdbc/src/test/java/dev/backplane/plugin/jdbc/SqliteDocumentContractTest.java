package dev.backplane.plugin.jdbc;

class SqliteDocumentContractTest extends DocumentContract {
  @Override
  TestDatabase database() {
    return TestDatabase.SQLITE;
  }
}

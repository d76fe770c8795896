package dev.backplane.plugin.jdbc;

class PostgresqlDocumentContractIT extends DocumentContract {
  @Override
  TestDatabase database() {
    return TestDatabase.POSTGRESQL;
  }
}

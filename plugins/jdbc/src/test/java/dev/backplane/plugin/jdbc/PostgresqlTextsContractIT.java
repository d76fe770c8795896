package dev.backplane.plugin.jdbc;

class PostgresqlTextsContractIT extends TypedContract.Texts {
  @Override
  TestDatabase database() {
    return TestDatabase.POSTGRESQL;
  }
}

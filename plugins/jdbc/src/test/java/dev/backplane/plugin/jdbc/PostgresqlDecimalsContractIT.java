package dev.backplane.plugin.jdbc;

class PostgresqlDecimalsContractIT extends TypedContract.Decimals {
  @Override
  TestDatabase database() {
    return TestDatabase.POSTGRESQL;
  }
}

package dev.backplane.plugin.jdbc;

class MariadbDecimalsContractIT extends TypedContract.Decimals {
  @Override
  TestDatabase database() {
    return TestDatabase.MARIADB;
  }
}

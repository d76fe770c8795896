package dev.backplane.plugin.jdbc;

class MariadbTextsContractIT extends TypedContract.Texts {
  @Override
  TestDatabase database() {
    return TestDatabase.MARIADB;
  }
}

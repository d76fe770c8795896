package dev.backplane.plugin.jdbc;

class MariadbDocumentContractIT extends DocumentContract {
  @Override
  TestDatabase database() {
    return TestDatabase.MARIADB;
  }
}

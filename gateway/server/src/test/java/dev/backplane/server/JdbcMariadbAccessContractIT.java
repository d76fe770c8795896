package dev.backplane.server;

import dev.backplane.plugin.jdbc.TestDatabase;

final class JdbcMariadbAccessContractIT extends JdbcAccessContract {
  @Override
  TestDatabase database() {
    return TestDatabase.MARIADB;
  }
}

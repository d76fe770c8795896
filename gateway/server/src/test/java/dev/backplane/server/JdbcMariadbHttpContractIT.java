package dev.backplane.server;

import dev.backplane.plugin.jdbc.TestDatabase;

final class JdbcMariadbHttpContractIT extends JdbcHttpContract {
  @Override
  TestDatabase database() {
    return TestDatabase.MARIADB;
  }
}

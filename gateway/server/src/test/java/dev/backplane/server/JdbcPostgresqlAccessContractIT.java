package dev.backplane.server;

import dev.backplane.plugin.jdbc.TestDatabase;

final class JdbcPostgresqlAccessContractIT extends JdbcAccessContract {
  @Override
  TestDatabase database() {
    return TestDatabase.POSTGRESQL;
  }
}

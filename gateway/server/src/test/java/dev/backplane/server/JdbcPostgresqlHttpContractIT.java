package dev.backplane.server;

import dev.backplane.plugin.jdbc.TestDatabase;

final class JdbcPostgresqlHttpContractIT extends JdbcHttpContract {
  @Override
  TestDatabase database() {
    return TestDatabase.POSTGRESQL;
  }
}

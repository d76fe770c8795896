package dev.backplane.server;

import dev.backplane.plugin.jdbc.TestDatabase;

final class JdbcH2HttpContractIT extends JdbcHttpContract {
  @Override
  TestDatabase database() {
    return TestDatabase.H2;
  }
}

package dev.backplane.server;

import dev.backplane.plugin.jdbc.TestDatabase;

final class JdbcH2AccessContractIT extends JdbcAccessContract {
  @Override
  TestDatabase database() {
    return TestDatabase.H2;
  }
}

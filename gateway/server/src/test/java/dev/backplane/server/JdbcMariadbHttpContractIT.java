package dev.backplane.server;

import dev.backplane.plugin.jdbc.TestDatabase;

final class JdbcMariadbHttpContractIT extends JdbcHttpContract {
  @Override
  TestDatabase database() {
    return TestDatabase.MARIADB;
  }

  /** An index of InnoDB has at most 3072 bytes, and a character takes four of them. */
  @Override
  public int longestId() {
    return 768;
  }
}

package dev.backplane.plugin.jdbc;

class MariadbRulesIT implements AllRules {
  @Override
  public TestDatabase database() {
    return TestDatabase.MARIADB;
  }
}

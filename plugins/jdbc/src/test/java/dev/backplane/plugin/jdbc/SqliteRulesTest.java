package dev.backplane.plugin.jdbc;

class SqliteRulesTest implements AllRules {
  @Override
  public TestDatabase database() {
    return TestDatabase.SQLITE;
  }
}

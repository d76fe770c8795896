package dev.backplane.plugin.jdbc;

class PostgresqlRulesIT implements AllRules {
  @Override
  public TestDatabase database() {
    return TestDatabase.POSTGRESQL;
  }
}

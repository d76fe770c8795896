package dev.backplane.plugin.jdbc;

class H2RulesTest implements AllRules {
  @Override
  public TestDatabase database() {
    return TestDatabase.H2;
  }
}

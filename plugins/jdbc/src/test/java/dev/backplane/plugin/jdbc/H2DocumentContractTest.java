package dev.backplane.plugin.jdbc;

class H2DocumentContractTest extends DocumentContract {
  @Override
  TestDatabase database() {
    return TestDatabase.H2;
  }
}

package dev.backplane.plugin.jdbc;

class H2TextsContractTest extends TypedContract.Texts {
  @Override
  TestDatabase database() {
    return TestDatabase.H2;
  }
}

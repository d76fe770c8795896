package dev.backplane.plugin.jdbc;

class H2DecimalsContractTest extends TypedContract.Decimals {
  @Override
  TestDatabase database() {
    return TestDatabase.H2;
  }
}

package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonObject;

/**
 * The contract where nobody else writes the table, so that the version attribute is the version.
 */
class DynamoDbOwnTableContractIT extends DynamoDbContractIT {
  @Override
  protected JsonObject settings() {
    return super.settings().with("shared", JsonBoolean.FALSE);
  }
}

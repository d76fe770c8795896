package dev.backplane.plugin.dynamodb;

/** The type of a partition key. */
enum KeyType {
  STRING,
  NUMBER
}

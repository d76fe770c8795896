/** Items in Amazon DynamoDB tables; only {@link DynamoDbService} is for others. */
package dev.backplane.plugin.dynamodb;

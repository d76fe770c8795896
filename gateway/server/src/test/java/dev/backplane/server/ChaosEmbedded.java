package dev.backplane.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A mapping whose stores are embedded: DynamoDB Local, and H2 in a file. */
final class ChaosEmbedded {
  private ChaosEmbedded() {}

  /**
   * Writes the mapping.
   *
   * @param directory where it lies
   * @param data where the stores keep what they hold
   * @param more other resources, as YAML
   */
  static void writeMapping(Path directory, Path data, String more) throws IOException {
    Files.writeString(
        directory.resolve("schema.sql"),
        """
        create table if not exists items (id varchar(200) not null primary key, doc json);
        create table if not exists answers (id varchar(200) not null primary key, doc json);
        """);
    Files.writeString(
        directory.resolve("mapping.yaml"),
        """
        services:
          dynamodb:
            settings: {region: eu-west-1, endpoint: local, local-home: "%s", local-data: "%s"}
          jdbc:
            settings: {url: "jdbc:h2:%s;WRITE_DELAY=0", init: schema.sql, rest: doc}
        idempotency: {resource: answers}
        resources:
          dynamo: dynamodb
          answers: dynamodb
          sql: {service: jdbc, settings: {table: items}}
        """
                .formatted(
                    Path.of("../../.backplane/dynamodb-local").toRealPath(),
                    data.resolve("tables"),
                    data.resolve("sql"))
            + more);
  }
}

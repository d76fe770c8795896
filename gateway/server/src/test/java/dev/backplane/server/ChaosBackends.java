package dev.backplane.server;

import dev.backplane.plugin.dynamodb.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.h2.tools.Server;

/**
 * A DynamoDB and an SQL database, each behind a proxy, and the mapping of a server for both. The
 * SQL database is PostgreSQL where the environment names one or requires it, else H2 as a server.
 */
final class ChaosBackends implements AutoCloseable {
  /** How long a call may take: short, so that many faults fit into a test. */
  private static final String TIMEOUT = "1s";

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final List<Runnable> ends = new ArrayList<>();
  private final FaultProxy dynamo;
  private final FaultProxy sql;
  private final SqlServer server;

  /**
   * An SQL database.
   *
   * @param url how to reach it; the port is to be filled in
   */
  private record SqlServer(String name, String host, int port, String url) {
    String direct() {
      return url.formatted(host, port);
    }
  }

  ChaosBackends(Path directory) throws Exception {
    URI endpoint = TestDatabase.get().endpoint();
    dynamo = new FaultProxy(endpoint.getHost(), endpoint.getPort());
    String postgresql = System.getenv("BACKPLANE_TEST_POSTGRESQL_URL");
    if (postgresql == null && "required".equals(System.getenv("BACKPLANE_TEST_DATABASES"))) {
      throw new IllegalStateException("BACKPLANE_TEST_POSTGRESQL_URL is not set, but required");
    }
    server = postgresql == null ? h2(directory) : postgresql(postgresql);
    sql = new FaultProxy(server.host(), server.port());
    makeTables();
  }

  private static SqlServer postgresql(String url) {
    URI uri = URI.create(url.substring("jdbc:".length()));
    return new SqlServer(
        "PostgreSQL",
        uri.getHost(),
        uri.getPort(),
        "jdbc:postgresql://%s:%d" + uri.getPath() + "?" + uri.getQuery());
  }

  private SqlServer h2(Path directory) throws SQLException, IOException {
    String base = Files.createDirectories(directory.resolve("h2")).toRealPath().toString();
    Server tcp = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", base).start();
    ends.add(tcp::stop);
    return new SqlServer("H2", "127.0.0.1", tcp.getPort(), "jdbc:h2:tcp://%s:%d/./chaos");
  }

  private void makeTables() throws SQLException {
    String text = server.name().equals("H2") ? "varchar(5000)" : "text";
    try (Connection connection = DriverManager.getConnection(server.direct());
        Statement statement = connection.createStatement()) {
      for (String name : List.of("items", "answers")) {
        statement.execute(
            "create table %s_%s (id %s not null primary key, doc json)".formatted(name, run, text));
      }
    }
  }

  /** The proxies, each of which may be told to do harm. */
  List<FaultProxy> proxies() {
    return List.of(dynamo, sql);
  }

  FaultProxy dynamo() {
    return dynamo;
  }

  FaultProxy sql() {
    return sql;
  }

  /** What the SQL database is. */
  String sqlName() {
    return server.name();
  }

  /**
   * Writes a mapping with the resources {@code dynamo} and {@code sql}.
   *
   * @param keeper which of the two databases keeps the answers for keys
   */
  void writeMapping(Path file, String keeper) throws IOException {
    Files.writeString(
        file,
        """
        cursor-secret: the secret of the chaos suite
        services:
          dynamodb:
            settings:
              endpoint: "http://127.0.0.1:%d"
              region: eu-west-1
              access-key: test
              secret-key: test
              timeout: %s
          jdbc:
            settings: {url: "%s", rest: doc, timeout: %s}
        idempotency: {resource: answers-%s}
        resources:
          dynamo: {service: dynamodb, settings: {table: chaos-items-%6$s}}
          answers-dynamo: {service: dynamodb, settings: {table: chaos-answers-%6$s}}
          sql: {service: jdbc, settings: {table: items_%6$s}}
          answers-sql: {service: jdbc, settings: {table: answers_%6$s}}
        """
            .formatted(
                dynamo.port(),
                TIMEOUT,
                server.url().formatted("127.0.0.1", sql.port()),
                TIMEOUT,
                keeper,
                run));
  }

  @Override
  public void close() {
    dynamo.close();
    sql.close();
    ends.forEach(Runnable::run);
  }
}

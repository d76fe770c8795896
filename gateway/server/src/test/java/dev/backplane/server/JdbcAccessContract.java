package dev.backplane.server;

import dev.backplane.core.contract.AccessContract;
import dev.backplane.core.contract.Client;
import dev.backplane.plugin.jdbc.TestDatabase;
import java.nio.file.Path;

/**
 * Who may do what on the server, over the tables of a database: owners, and what not everybody may
 * read, are columns of its own.
 */
abstract class JdbcAccessContract extends AccessContract {
  abstract TestDatabase database();

  @Override
  protected final Client start(Path mapping) throws Exception {
    AccessMapping.move(
        mapping,
        "jdbc",
        "{url: \"" + database().url() + "\", rest: doc}",
        resource -> "{table: \"" + table(resource) + "\"}");
    return SocketClient.start(mapping);
  }

  private String table(String resource) {
    String columns =
        switch (resource) {
          case "notes" -> "owner %s, n bigint, ";
          case "folders" -> "owner %s, ";
          case "staff" -> "salary bigint, ";
          default -> "";
        };
    return database().newDocuments(columns);
  }
}

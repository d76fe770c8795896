package dev.backplane.core.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may do what, on every way in. A subclass says how to start a gateway and how each way lets
 * the contract's callers in: a request has the name of its caller in the header {@link #KEY}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AccessContract
    implements OwnerRules, RoleRules, FieldRules, ProbeRules, OperationRules {
  /** The callers, and their roles. */
  public static final Map<String, List<String>> CALLERS =
      Map.of(
          "ann", List.of("writer"),
          "bob", List.of("writer"),
          "eve", List.of("reader"),
          "root", List.of("admin"),
          "hank", List.of("hr"),
          "dora", List.of("dropper"),
          "erik", List.of("eraser"),
          "nora", List.of());

  private Client client;

  /**
   * Starts a gateway.
   *
   * @param mapping the mapping file, with the file of keys that it names beside it
   * @return the way in
   * @throws Exception when it does not start
   */
  protected abstract Client start(Path mapping) throws Exception;

  @Override
  public Client client() {
    return client;
  }

  @BeforeAll
  void startGateway(@TempDir Path directory) throws Exception {
    for (String name : List.of("access-mapping.yaml", "access-keys.json")) {
      try (InputStream file = AccessContract.class.getResourceAsStream(name)) {
        if (file == null) {
          throw new IOException("there is no " + name + " beside AccessContract");
        }
        Files.copy(file, directory.resolve(name));
      }
    }
    client = start(directory.resolve("access-mapping.yaml"));
  }

  @AfterAll
  void stopGateway() {
    if (client != null) {
      client.close();
    }
  }

  @BeforeEach
  void empty() {
    empty("root", NOTES);
    empty("root", FOLDERS);
    empty("hank", STAFF);
  }

  private void empty(String caller, String resource) {
    for (String id : as(caller).get(200, resource + "?_limit=50").each("id")) {
      as(caller).delete(204, resource + "/" + Request.encode(id));
    }
  }
}

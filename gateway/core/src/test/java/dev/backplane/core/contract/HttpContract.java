package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The HTTP contract. A subclass says how to start a gateway with the contract's mapping and how to
 * talk to it; one for another backend brings a mapping with the same resources.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HttpContract
    implements RouteRules,
        DocumentRules,
        ProblemRules,
        ContentTypeRules,
        CorsRules,
        JsonRules,
        IdRules,
        ItemRules,
        ConditionRules,
        PatchRules,
        JsonPatchRules,
        PreferenceRules,
        WriteSettingRules,
        BulkRules,
        AtomicBulkRules,
        AtomicRaceRules,
        IdempotencyRules,
        ConcurrencyRules,
        ListRules,
        FilterRules,
        SpellingRules,
        SimpleRestRules,
        WhereRules,
        QueryRules,
        BoundRules,
        SortRules,
        PagingRules,
        CursorRules,
        RelationRules,
        PlanRules,
        CountRules,
        PropertyRules,
        ValidationRules,
        ReadOnlyRules,
        WriteOnlyRules,
        CachingRules {
  private static final List<String> SCHEMAS =
      List.of("contract-schema.json", "contract-address.json");

  /** The file of the products, among those of {@link #files}. */
  protected static final String PRODUCTS_FILE = "contract-products.json";

  private Client client;

  /**
   * Starts a gateway.
   *
   * @param mapping the mapping file, with the files that it names beside it
   * @return the way in
   * @throws Exception when it does not start
   */
  protected abstract Client start(Path mapping) throws Exception;

  /**
   * The files that {@link #start} needs, as resources of the class {@link HttpContract}.
   *
   * @return the mapping first
   */
  protected List<String> files() {
    return List.of("contract-mapping.yaml", PRODUCTS_FILE);
  }

  @Override
  public Client client() {
    return client;
  }

  @Override
  public boolean sorts() {
    return true;
  }

  @Override
  public boolean mixesIds() {
    return true;
  }

  @Override
  public boolean transacts() {
    return true;
  }

  /**
   * Creates the products through the gateway, for a backend that cannot be given a file of them.
   *
   * @param client the way in
   * @param mapping the mapping, with the file of the products beside it
   * @throws Exception when the file cannot be read
   */
  protected static void createProducts(Client client, Path mapping) throws Exception {
    byte[] products = Files.readAllBytes(mapping.resolveSibling(PRODUCTS_FILE));
    for (JsonValue product : ((JsonArray) Json.CODEC.read(products)).elements()) {
      String body = new String(Json.CODEC.write(product), StandardCharsets.UTF_8);
      assertThat(client.send(Request.json("POST", PRODUCTS, body)).status()).isEqualTo(201);
    }
  }

  @BeforeAll
  void startGateway(@TempDir Path directory) throws Exception {
    for (String name : files()) {
      copy(name, directory);
    }
    for (String name : SCHEMAS) {
      copy(name, directory);
    }
    client = start(directory.resolve(files().get(0)));
    for (int n = 1; n <= 30; n++) {
      String id = "%02d".formatted(n);
      // a backend that outlives the gateway has them already
      send(
          Request.json(
                  "PUT",
                  FEW + "/" + id,
                  "{\"id\": \"%s\", \"n\": %d, \"kind\": \"all\"}".formatted(id, n))
              .header("If-None-Match", "*"));
    }
  }

  @AfterAll
  void stopGateway() {
    if (client != null) {
      client.close();
    }
  }

  @BeforeEach
  void emptyThings() {
    List<JsonObject> items;
    do {
      items = get(200, THINGS + "?_limit=20").items();
      for (JsonObject item : items) {
        String id = item.get("id").orElseThrow().text().orElseThrow();
        delete(204, THINGS + "/" + Request.encode(id));
      }
    } while (!items.isEmpty());
  }

  private static void copy(String name, Path directory) throws IOException {
    try (InputStream file = HttpContract.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException("there is no " + name + " beside HttpContract");
      }
      Files.copy(file, directory.resolve(name));
    }
  }
}

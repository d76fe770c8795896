package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.http.Json;
import dev.backplane.plugin.dynamodb.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/examples/shop: one request that joins four backends. */
@Timeout(120)
final class ShopExampleIT {
  private static final Path SHOP = Path.of("../../docs/examples/shop").toAbsolutePath().normalize();

  @TempDir private Path directory;

  @Test
  void requestOfTheReadme_joinsFourBackends() throws Exception {
    Path program = ServerProcess.DISTRIBUTION.resolve("bin/backplane");
    String[] shipping = {"serve", "--port", "0", "--mapping", SHOP.resolve("shipping.yaml") + ""};
    String[] shop = {"serve", "--port", "0", "--mapping", SHOP.resolve("mapping.yaml") + ""};
    try (ServerProcess company = ServerProcess.start(directory, Map.of(), program, shipping);
        ServerProcess server =
            ServerProcess.start(
                directory,
                Map.of(
                    "SHIPPING_URL",
                    company.url() + "/api/shipments",
                    "DYNAMODB_ENDPOINT",
                    TestDatabase.get().endpoint().toString(),
                    "AWS_ACCESS_KEY_ID",
                    "test",
                    "AWS_SECRET_ACCESS_KEY",
                    "test"),
                program,
                shop)) {
      HttpResponse<String> joined =
          server.get("/api/orders?_expand=customer.country,shipment&_limit=1");

      assertThat(joined.statusCode()).as(joined.body()).isEqualTo(200);
      assertThat(json(joined.body()))
          .isEqualTo(
              json(
                  """
                  [{"id": 1, "country": "no", "total": 129.90, "placed": "2026-03-01T08:30:00.000000Z",
                    "customer": {"id": "ann", "name": "Ann Berg",
                      "country": {"id": "no", "name": "Norway", "currency": "NOK"}},
                    "shipment": {"id": "S-1001", "carrier": "Posten", "status": "delivered"}}]
                  """));
      assertThat(server.get("/api/customers/ann?_embed=orders").body())
          .contains("\"S-1001\"", "\"S-1002\"")
          .doesNotContain("\"S-1003\"");
      assertThat(server.errors()).doesNotContain(" WARN ", " ERROR ");
    }
  }

  private static Object json(String text) {
    return Json.CODEC.read(text.getBytes(StandardCharsets.UTF_8));
  }
}

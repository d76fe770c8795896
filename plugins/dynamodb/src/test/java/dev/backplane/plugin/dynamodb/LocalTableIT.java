package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreException;
import dev.backplane.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

/** Tables that an endpoint on this machine lacks. */
@Timeout(120)
class LocalTableIT {
  private static final String ORDERS =
      """
      {'key': 'customer', 'sort-key': 'at', 'sort-key-type': 'number', 'ttl': 'until', 'indexes': {
        'by-city': {
          'key': 'city', 'sort-key': 'at', 'sort-key-type': 'number', 'complete': true
        },
        'by-kind': {'key': 'kind', 'key-type': 'binary', 'projection': 'part'},
        'by-state': {'key': 'customer', 'sort-key': 'state', 'local': true}
      }}
      """;

  private final DynamoDbClient client = TestDatabase.get().client();
  private final String name = "made-" + UUID.randomUUID();
  private final DynamoDbService service = new DynamoDbService(Map.of());

  @Test
  void start_when_the_table_is_missing_makes_it_as_the_mapping_says() {
    try (DynamoDbStore orders = open("orders", ORDERS)) {
      orders.start();
      JsonObject body =
          TestTable.json("{'customer': 'ann', 'at': 1, 'state': 'new', 'city': 'Rome'}");
      Item made = orders.create(body);
      assertThat(orders.get(made.id())).contains(made);
      Page page = orders.list(Query.first(5).filteredBy(Filter.where("city", Operator.EQ, "Rome")));
      assertThat(page.items()).containsExactly(made);
      assertThat(page.work().details()).containsEntry("index", "by-city");
    }
    TableDescription table = client.describeTable(describe -> describe.tableName(name)).table();
    CreateTableRequest wanted = TestTable.definition(name, TestTable.json(ORDERS));
    assertThat(table.keySchema()).isEqualTo(wanted.keySchema());
    assertThat(table.attributeDefinitions())
        .containsExactlyInAnyOrderElementsOf(wanted.attributeDefinitions());
    assertThat(table.localSecondaryIndexes())
        .singleElement()
        .satisfies(index -> assertThat(index.indexName()).isEqualTo("by-state"));
    assertThat(table.globalSecondaryIndexes())
        .extracting(GlobalSecondaryIndexDescription::indexName)
        .containsExactlyInAnyOrder("by-city", "by-kind");
    assertThat(table.globalSecondaryIndexes())
        .filteredOn(index -> index.indexName().equals("by-kind"))
        .allSatisfy(index ->
            assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.KEYS_ONLY));
    TimeToLiveDescription ttl =
        client.describeTimeToLive(describe -> describe.tableName(name)).timeToLiveDescription();
    assertThat(ttl.attributeName()).isEqualTo("until");
    assertThat(ttl.timeToLiveStatusAsString()).startsWith("ENABL");
  }

  @Test
  void start_when_two_resources_share_a_table_makes_the_indexes_of_both_and_fills_it_once() {
    String seed = "'seed': 'examples/users.json'";
    try (DynamoDbStore one =
            open("one", "{'indexes': {'by-city': {'key': 'city'}}, " + seed + "}");
        DynamoDbStore two = open("two", "{'indexes': {'by-name': {'key': 'name'}}}")) {
      one.start();
      two.start();
      assertThat(one.list(Query.first(5)).items()).hasSize(2);
      Page page =
          two.list(Query.first(5).filteredBy(Filter.where("name", Operator.EQ, "Ada Lovelace")));
      assertThat(page.items()).hasSize(1);
    }
    assertThat(
            client
                .describeTable(describe -> describe.tableName(name))
                .table()
                .globalSecondaryIndexes())
        .hasSize(2);
    try (DynamoDbStore again = open("one", "{" + seed + "}")) {
      again.delete("u-1", new Precondition.None());
      again.start();
      assertThat(again.list(Query.first(5)).items()).hasSize(1);
    }
  }

  @Test
  void call_when_no_table_is_to_be_made_says_that_it_is_missing() {
    try (DynamoDbStore off = open("a", "{'create-tables': false}");
        DynamoDbStore unstarted = open("b", "{}")) {
      off.start();
      assertUnavailable(off);
      assertUnavailable(unstarted);
    }
    assertThat(client.listTables().tableNames()).doesNotContain(name);
  }

  @Test
  void call_when_the_endpoint_came_after_the_start_finds_the_table_made() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (DynamoDbStore early =
        open("a", "{'endpoint': 'http://127.0.0.1:" + port + "', 'timeout': '4s'}")) {
      early.start();
      assertUnavailable(early);
      Relay relay = Relay.start(port, TestDatabase.get().endpoint());
      try {
        assertThat(early.list(Query.first(1)).items()).isEmpty();
      } finally {
        relay.close();
      }
    }
    assertThat(client.listTables().tableNames()).contains(name);
  }

  private DynamoDbStore open(String resource, String more) {
    JsonObject settings =
        JsonObject.builder()
            .putAll(TestDatabase.get().settings(name))
            .putAll(TestTable.json(more))
            .build();
    Path here = Path.of("").toAbsolutePath();
    TestContext context = TestContext.of(settings, here);
    return (DynamoDbStore)
        service.open(new TestContext(resource, "id", Settings.of(settings, here), context.json()));
  }

  private static void assertUnavailable(DynamoDbStore store) {
    assertThatThrownBy(() -> store.get("1"))
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.reason()).isEqualTo(StoreException.Reason.UNAVAILABLE));
  }
}

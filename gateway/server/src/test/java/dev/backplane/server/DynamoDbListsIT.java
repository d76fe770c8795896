package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.Request;
import dev.backplane.plugin.dynamodb.TestDatabase;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * What a client sees of a table's keys and indexes: plans, refusals, ids of two parts, relations.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoDbListsIT {
  private static final int PEOPLE = 12;

  private Client client;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    TestDatabase database = TestDatabase.get();
    String people = "people-" + UUID.randomUUID();
    String orders = "orders-" + UUID.randomUUID();
    database.client().createTable(people(people));
    database.client().createTable(orders(orders));
    for (String table : List.of(people, orders)) {
      database.client().waiter().waitUntilTableExists(request -> request.tableName(table));
    }
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        cursor-secret: the secret of this test
        services:
          dynamodb:
            settings: {region: eu-west-1, endpoint: "%s", access-key: test, secret-key: test}
        resources:
          people:
            service: dynamodb
            settings: {table: %s, allow-scan: false}
            relations: {orders: {resource: orders, foreign-field: person}}
          orders:
            service: dynamodb
            settings: {table: %s, key: person, sort-key: at, sort-key-type: number}
            relations: {by: {resource: people, field: person}}
        """
            .formatted(database.endpoint(), people, orders));
    client = SocketClient.start(mapping);
    for (int i = 0; i < PEOPLE; i++) {
      post(
          "/api/people",
          "{'id': 'p%d', 'city': '%s', 'age': %d}".formatted(i, city(i), 20 + i / 4));
      for (int at = 0; at < i % 3; at++) {
        post("/api/orders", "{'person': 'p%d', 'at': %d}".formatted(i, at));
      }
    }
  }

  @AfterAll
  void stop() {
    client.close();
  }

  private static String city(int i) {
    return i % 2 == 0 ? "Oslo" : "Rome";
  }

  private static CreateTableRequest people(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .keySchema(key("id", KeyType.HASH))
        .attributeDefinitions(
            attribute("id", ScalarAttributeType.S),
            attribute("city", ScalarAttributeType.S),
            attribute("age", ScalarAttributeType.N))
        .globalSecondaryIndexes(
            GlobalSecondaryIndex.builder()
                .indexName("by-city")
                .keySchema(key("city", KeyType.HASH), key("age", KeyType.RANGE))
                .projection(projection -> projection.projectionType(ProjectionType.ALL))
                .build())
        .build();
  }

  private static CreateTableRequest orders(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .keySchema(key("person", KeyType.HASH), key("at", KeyType.RANGE))
        .attributeDefinitions(
            attribute("person", ScalarAttributeType.S), attribute("at", ScalarAttributeType.N))
        .build();
  }

  private static KeySchemaElement key(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private Answer get(String target) {
    return client.send(Request.of("GET", target));
  }

  private Answer post(String target, String json) {
    Answer answer = client.send(Request.json("POST", target, json.replace('\'', '"')));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer;
  }

  @Test
  void list_whenAnIndexServesIt_tellsWhichAndWhatItCost() {
    Answer answer = get("/api/people?city=Oslo&age:gte=21&_sort=-age");
    assertThat(answer.each("id")).containsExactly("p10", "p8", "p4", "p6");
    assertThat(answer.header("X-Total-Count")).contains("4");
    assertThat(answer.header("Backplane-Plan"))
        .contains(
            "filter=store; sort=store; count=exact; scanned=4; capacity=\"0.5\"; index=by-city;"
                + " read=query");
  }

  @Test
  void list_whenOnlyAScanWouldDo_isRefusedWithWhatWouldServe() {
    for (String query : List.of("", "?age:gte=21", "?city=Oslo", "?_sort=age", "?q=Oslo")) {
      Answer answer = get("/api/people" + query);
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.text()).as(query).contains("index by-city").contains("city");
    }
    assertThat(get("/api/people?id=p1&id=p3").each("id")).containsExactly("p1", "p3");
  }

  @Test
  void idsOfTwoParts_areReachedByTheLocationThatACreateGives() {
    for (String person : List.of("a~b", "a/b c", "!", "100%", "ü-漢-😀", "..")) {
      Answer made = post("/api/orders", "{'person': '%s', 'at': 1.5}".formatted(person));
      Answer read = get(made.header("Location").orElseThrow());
      assertThat(read.status()).as(person).isEqualTo(200);
      assertThat(read.text()).isEqualTo(made.text()).contains("\"at\":1.5");
    }
    assertThat(get("/api/orders/a!7Eb~1.5").status()).isEqualTo(200);
    assertThat(get("/api/orders/a~b~1.5").status()).isEqualTo(404);
    Answer again =
        client.send(Request.json("POST", "/api/orders", "{\"person\":\"!\",\"at\":1.5}"));
    assertThat(again.status()).isEqualTo(409);
  }

  @Test
  void pagesByCursor_throughAPartition_haveItsOrder() {
    for (int at = 0; at < 7; at++) {
      post("/api/orders", "{'person': 'many', 'at': %d}".formatted(at));
    }
    List<String> met = new ArrayList<>();
    Optional<String> next = Optional.of("/api/orders?person=many&_sort=-at&_limit=3");
    while (next.isPresent()) {
      Answer page = get(next.get());
      assertThat(page.header("X-Total-Count")).contains("7");
      met.addAll(page.each("at"));
      next =
          page.header("Link")
              .filter(link -> link.contains("rel=\"next\""))
              .map(link -> link.replaceFirst("(?s).*<([^>]*)>; rel=\"next\".*", "$1"));
    }
    assertThat(met).containsExactly("6", "5", "4", "3", "2", "1", "0");
  }

  @Test
  void relations_areReadByTheirKeys() {
    Answer answer = get("/api/people?city=Rome&age:gte=0&_embed=orders");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.items()).hasSize(PEOPLE / 2);
    for (JsonObject person : answer.items()) {
      int number =
          Integer.parseInt(person.get("id").orElseThrow().text().orElseThrow().substring(1));
      JsonArray orders = (JsonArray) person.get("orders").orElseThrow();
      assertThat(orders.elements()).hasSize(number % 3);
    }
    Answer of = get("/api/people/p5/orders?_sort=at");
    assertThat(of.each("at")).containsExactly("0", "1");
    assertThat(of.header("Backplane-Plan").orElseThrow()).contains("read=query");
  }
}

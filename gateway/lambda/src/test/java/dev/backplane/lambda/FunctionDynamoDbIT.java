package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.plugin.dynamodb.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The DynamoDB plugin as it is built into the function, on one class path with everything else,
 * with the example mapping, against a real DynamoDB.
 */
class FunctionDynamoDbIT {
  @TempDir Path folder;

  @Test
  void items_whenTheResourceIsATable_areReadAndWrittenThere() throws IOException {
    TestDatabase database = TestDatabase.get();
    String table = database.newTable("id", ScalarAttributeType.S);
    Map<String, String> environment =
        Map.of(
            "DYNAMODB_ENDPOINT",
            database.endpoint().toString(),
            "USERS_TABLE",
            table,
            "AWS_ACCESS_KEY_ID",
            "id",
            "AWS_SECRET_ACCESS_KEY",
            "secret");
    try (FunctionUnderTest function =
        FunctionUnderTest.start(FunctionUnderTest.unpack(folder), environment)) {
      for (EventKind kind : EventKind.values()) {
        write(function, kind);
        assertThat(stored(database, table).get("big").n()).isEqualTo("12345678901234567890");
        changeAndDelete(function, kind);
        assertThat(stored(database, table)).isEmpty();
      }
    }
  }

  private static void write(FunctionUnderTest function, EventKind kind) throws IOException {
    String user = "{\"id\":\"u-1\",\"name\":\"Zoë\",\"big\":12345678901234567890}";
    assertThat(function.send(kind, ClientRequest.json("POST", "/api/users", user)).status())
        .isEqualTo(201);
    ClientAnswer read = function.send(kind, ClientRequest.get("/api/users/u-1"));
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.json().get("name").asString()).isEqualTo("Zoë");
    assertThat(read.text()).contains("12345678901234567890");
    ClientAnswer list = function.send(kind, ClientRequest.get("/api/users?name=Zo%C3%AB"));
    assertThat(list.header("X-Total-Count")).contains("1");
  }

  private static void changeAndDelete(FunctionUnderTest function, EventKind kind)
      throws IOException {
    String tag =
        function.send(kind, ClientRequest.get("/api/users/u-1")).header("ETag").orElseThrow();
    ClientRequest patch =
        ClientRequest.json("PATCH", "/api/users/u-1", "{\"age\":42}").with("If-Match", tag);
    assertThat(function.send(kind, patch).status()).isEqualTo(200);
    assertThat(function.send(kind, patch).status()).isEqualTo(412);
    ClientRequest delete = ClientRequest.json("DELETE", "/api/users/u-1", "");
    assertThat(function.send(kind, delete).status()).isEqualTo(204);
    assertThat(function.send(kind, delete).status()).isEqualTo(404);
  }

  private static Map<String, AttributeValue> stored(TestDatabase database, String table) {
    return database
        .client()
        .getItem(request -> request.tableName(table).key(Map.of("id", AttributeValue.fromS("u-1"))))
        .item();
  }
}

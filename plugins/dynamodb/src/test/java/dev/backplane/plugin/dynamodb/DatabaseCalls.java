package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.testkit.TestContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Passes a {@link FaultProxy}'s requests on to the database, whole or in part. */
final class DatabaseCalls implements AutoCloseable {
  static final JsonCodec JSON = TestContext.of(JsonObject.empty(), Path.of("")).json();

  /** What belongs to a connection, and what the JDK's client sets by itself. */
  private static final Set<String> ITS_OWN =
      Set.of("host", "connection", "content-length", "expect", "transfer-encoding");

  private final URI database;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  DatabaseCalls(URI database) {
    this.database = database;
  }

  HttpMessage pass(HttpMessage request) throws IOException, InterruptedException {
    HttpRequest.Builder passed =
        HttpRequest.newBuilder(database)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request
        .headers()
        .forEach((name, value) -> {
          if (!ITS_OWN.contains(name)) {
            passed.header(name, value);
          }
        });
    HttpResponse<byte[]> answer =
        client.send(passed.build(), HttpResponse.BodyHandlers.ofByteArray());
    return HttpMessage.answer(answer.statusCode(), answer.body());
  }

  /** Passes on so many operations of a batch, and gives the rest back as the service does. */
  HttpMessage passSome(HttpMessage request, int done) throws IOException, InterruptedException {
    JsonObject batch = (JsonObject) JSON.read(request.body());
    JsonObject.Builder some = JsonObject.builder();
    JsonObject.Builder rest = JsonObject.builder();
    int left = done;
    boolean reads = false;
    for (var table : ((JsonObject) batch.get("RequestItems").orElseThrow()).members().entrySet()) {
      reads = table.getValue() instanceof JsonObject;
      List<JsonValue> all = operations(table.getValue());
      int now = Math.min(left, all.size());
      left -= now;
      if (now > 0) {
        some.put(table.getKey(), with(table.getValue(), all.subList(0, now)));
      }
      if (now < all.size()) {
        rest.put(table.getKey(), with(table.getValue(), all.subList(now, all.size())));
      }
    }
    HttpMessage answer =
        done == 0
            ? HttpMessage.answer(200, JSON.write(JsonObject.of("Responses", JsonObject.empty())))
            : pass(request.withBody(JSON.write(batch.with("RequestItems", some.build()))));
    if (!answer.first().contains(" 200 ")) {
      return answer;
    }
    JsonObject body = (JsonObject) JSON.read(answer.body());
    String name = reads ? "UnprocessedKeys" : "UnprocessedItems";
    return answer.withBody(JSON.write(body.with(name, rest.build())));
  }

  private static List<JsonValue> operations(JsonValue ofTable) {
    JsonValue list =
        ofTable instanceof JsonObject reads ? reads.get("Keys").orElseThrow() : ofTable;
    return ((JsonArray) list).elements();
  }

  private static JsonValue with(JsonValue ofTable, List<JsonValue> operations) {
    JsonArray list = new JsonArray(new ArrayList<>(operations));
    return ofTable instanceof JsonObject reads ? reads.with("Keys", list) : list;
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}

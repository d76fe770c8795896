package dev.backplane.benchmarks.dynamodb;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32;

/**
 * Answers DynamoDB's protocol at once: with bytes that were made before, whatever the request asks
 * for. So a table always has one more page, and every write replaces something. {@code GET /} tells
 * how many calls there were of each operation.
 */
public final class Stub {
  private static final Map<String, byte[]> ANSWERS = answers();

  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

  private Stub() {}

  /**
   * Serves until it is killed, with a thread for each connection: no way to answer is quicker.
   *
   * @param args the port
   * @throws IOException when the port cannot be listened on
   */
  public static void main(String[] args) throws IOException {
    Stub stub = new Stub();
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(args[0]), 200, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().start(() -> stub.serve(socket));
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      MessageReader requests = new MessageReader(socket.getInputStream());
      while (requests.next()) {
        out.write(answer(requests));
      }
    } catch (IOException gone) {
      System.err.println("stub: a client left: " + gone.getMessage());
    }
  }

  private byte[] answer(MessageReader request) {
    String operation = request.between("\r\nx-amz-target: dynamodb_20120810.", "\r\n").orElse("");
    if (operation.isEmpty()) {
      return rendered("200 OK", new TreeMap<>(calls).toString());
    }
    calls.computeIfAbsent(operation, name -> new LongAdder()).increment();
    byte[] answer = ANSWERS.get(operation);
    return answer == null ? rendered("400 Bad Request", "{}") : answer;
  }

  private static Map<String, byte[]> answers() {
    String one = Samples.attributes(42);
    // as many as the gateway asks for, to see whether there is a next page
    int count = Samples.PAGE + 1;
    String capacity = "{\"TableName\":\"items\",\"CapacityUnits\":2.0}";
    String page =
        ("{\"Items\":%s,\"Count\":%d,\"ScannedCount\":%d,"
                + "\"LastEvaluatedKey\":{\"id\":{\"S\":\"%s\"}},\"ConsumedCapacity\":%s}")
            .formatted(Samples.attributes(0, count), count, count, Samples.id(count - 1), capacity);
    Map<String, String> bodies =
        Map.of(
            "GetItem",
            "{\"Item\":" + one + "}",
            "PutItem",
            "{\"Attributes\":" + one + "}",
            "UpdateItem",
            "{\"Attributes\":" + one + "}",
            "Scan",
            page,
            "Query",
            page,
            "BatchGetItem",
            "{\"Responses\":{\"items\":%s},\"UnprocessedKeys\":{},\"ConsumedCapacity\":[%s]}"
                .formatted(Samples.attributes(0, Samples.BATCH), capacity),
            "DescribeTable",
            """
            {"Table":{"TableName":"items","TableStatus":"ACTIVE","ItemCount":1000,\
            "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],\
            "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}}\
            """);
    Map<String, byte[]> answers = new TreeMap<>();
    bodies.forEach((operation, body) -> answers.put(operation, rendered("200 OK", body)));
    return answers;
  }

  /** With the headers that DynamoDB sends, of which the SDK checks the sum. */
  private static byte[] rendered(String status, String body) {
    CRC32 sum = new CRC32();
    sum.update(body.getBytes(StandardCharsets.UTF_8));
    return """
    HTTP/1.1 %s\r
    Server: Server\r
    Date: Wed, 01 Jul 2026 10:00:00 GMT\r
    Content-Type: application/x-amz-json-1.0\r
    Content-Length: %d\r
    Connection: keep-alive\r
    x-amzn-RequestId: 4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG\r
    x-amz-crc32: %d\r
    \r
    %s\
    """
        .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, sum.getValue(), body)
        .getBytes(StandardCharsets.UTF_8);
  }
}

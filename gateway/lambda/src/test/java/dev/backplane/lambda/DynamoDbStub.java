package dev.backplane.lambda;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A DynamoDB without tables, which remembers who came. On bare sockets, so that it can tell which
 * connections are open.
 */
final class DynamoDbStub implements AutoCloseable {
  private static final String NO_TABLE =
      "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"}";

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();

  DynamoDbStub() throws IOException {
    Thread.ofPlatform().daemon().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        Thread.ofPlatform().daemon().start(() -> serve(client));
      }
    } catch (IOException closed) {
      open.forEach(DynamoDbStub::close);
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        Map<String, String> headers = headers(in);
        in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        requests.add(headers);
        String answer =
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/x-amz-json-1.0\r\n"
                + "Content-Length: "
                + NO_TABLE.length()
                + "\r\n\r\n"
                + NO_TABLE;
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException reset) {
      // as good as closed
    } finally {
      open.remove(client);
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    return headers;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // as it should be
    }
  }

  /** The mapping of a resource {@code users} over this. */
  String mapping() {
    return """
    resources:
      notes: memory
      users:
        service: dynamodb
        settings:
          table: users
          create-tables: false
          region: eu-west-1
          endpoint: http://127.0.0.1:%d
    """
        .formatted(server.getLocalPort());
  }

  static Map<String, String> environment() {
    return Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret");
  }

  /** A header of each request that came; "none" where it had none. */
  List<String> sent(String header) {
    return requests.stream().map(headers -> headers.getOrDefault(header, "none")).toList();
  }

  int openConnections() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

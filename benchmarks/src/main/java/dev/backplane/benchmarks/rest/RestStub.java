package dev.backplane.benchmarks.rest;

import static dev.backplane.benchmarks.dynamodb.MessageReader.bytes;

import dev.backplane.benchmarks.dynamodb.MessageReader;
import dev.backplane.benchmarks.dynamodb.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A REST service that answers at once, with bytes that were made before. */
public final class RestStub {
  private static final byte[] LIST_REQUEST = bytes("GET /items?");
  private static final byte[] ITEM = rendered(Samples.body(42), "ETag: \"v42\"\r\n");
  private static final byte[] LIST =
      rendered(
          IntStream.range(0, Samples.PAGE)
              .mapToObj(Samples::body)
              .collect(Collectors.joining(",", "[", "]")),
          "");

  private RestStub() {}

  /**
   * Serves until it is killed, with a thread for each connection.
   *
   * @param args the port
   * @throws IOException when the port cannot be listened on
   */
  public static void main(String[] args) throws IOException {
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(args[0]), 200, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      MessageReader requests = new MessageReader(socket.getInputStream());
      while (requests.next()) {
        out.write(requests.startsWith(LIST_REQUEST) ? LIST : ITEM);
      }
    } catch (IOException gone) {
      System.err.println("stub: a client left: " + gone.getMessage());
    }
  }

  private static byte[] rendered(String body, String headers) {
    return bytes(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(headers, body.length(), body));
  }
}

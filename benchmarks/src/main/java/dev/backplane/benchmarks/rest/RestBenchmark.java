package dev.backplane.benchmarks.rest;

import static dev.backplane.benchmarks.dynamodb.MessageReader.bytes;

import dev.backplane.benchmarks.dynamodb.MessageReader;
import dev.backplane.benchmarks.dynamodb.Programs;
import dev.backplane.benchmarks.dynamodb.Programs.Program;
import dev.backplane.benchmarks.dynamodb.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/**
 * What the gateway adds to a request of a REST service on the same machine: the same request to the
 * service itself and through the server with the HTTP plugin, in turn. Run from the root of the
 * checkout.
 */
public final class RestBenchmark {
  private static final int CALLS = 20_000;
  private static final byte[] OK = bytes("HTTP/1.1 200 ");

  private RestBenchmark() {}

  /**
   * Starts what is measured, measures it and prints what came out.
   *
   * @param args none
   * @throws Exception when something does not answer as it should
   */
  public static void main(String[] args) throws Exception {
    try (Programs programs = new Programs()) {
      Program stub = programs.stub(RestStub.class);
      Program gateway = programs.gateway("rest", mapping(stub.port()));
      try (Client direct = new Client(stub.port());
          Client through = new Client(gateway.port())) {
        System.out.println("One client, milliseconds a call: p50 (p99)");
        System.out.printf("  %-12s%18s%18s%12s%n", "", "service", "gateway", "added p50");
        String id = Samples.id(42);
        String body = Samples.body(42);
        compare(
            "get",
            direct.request("GET", "/items/" + id, ""),
            through.request("GET", "/api/items/" + id, ""));
        compare(
            "put",
            direct.request("PUT", "/items/" + id, body),
            through.request("PUT", "/api/items/" + id, body));
        compare(
            "list of 25",
            direct.request("GET", "/items?limit=" + Samples.PAGE, ""),
            through.request("GET", "/api/items?_limit=" + Samples.PAGE, ""));
      }
    }
  }

  private static String mapping(int port) {
    return """
    cursor-secret: only for this benchmark
    resources:
      items:
        service: http
        count: none
        settings:
          url: http://127.0.0.1:%d/items
          writes: conditional
          paging: {style: link, size-parameter: limit}
    """
        .formatted(port);
  }

  /** In turn, so that both see the same machine; the first half warms up. */
  private static void compare(String title, Request direct, Request through) throws IOException {
    long[] before = new long[CALLS];
    long[] after = new long[CALLS];
    for (int i = -CALLS; i < CALLS; i++) {
      long began = System.nanoTime();
      direct.send();
      long between = System.nanoTime();
      through.send();
      if (i >= 0) {
        before[i] = between - began;
        after[i] = System.nanoTime() - between;
      }
    }
    Arrays.sort(before);
    Arrays.sort(after);
    System.out.printf(
        "  %-12s%18s%18s%12.3f%n",
        title, times(before), times(after), at(after, 0.5) - at(before, 0.5));
  }

  private static String times(long[] sorted) {
    return "%.3f (%.3f)".formatted(at(sorted, 0.5), at(sorted, 0.99));
  }

  private static double at(long[] sorted, double part) {
    return sorted[(int) (sorted.length * part)] / 1e6;
  }

  private interface Request {
    void send() throws IOException;
  }

  /** A connection that is kept; it reads each answer whole, but not its JSON. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final MessageReader answers;

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      answers = new MessageReader(socket.getInputStream());
    }

    Request request(String method, String target, String body) {
      String content =
          body.isEmpty()
              ? ""
              : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
      byte[] request =
          bytes(
              method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + content + "\r\n" + body);
      return () -> {
        socket.getOutputStream().write(request);
        if (!answers.next() || !answers.startsWith(OK)) {
          throw new IOException(target + ": " + answers.firstLine());
        }
      };
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

package dev.backplane.benchmarks.dynamodb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A client of the gateway, on a connection of its own that is kept. It sends bytes that were made
 * before and reads each answer whole, but not its JSON.
 */
final class HttpCalls implements Calls {
  private static final byte[] OK = MessageReader.bytes("HTTP/1.1 200 ");
  private static final byte[] GET = request("GET", "/api/items/" + Samples.id(42), "");
  private static final byte[] PUT =
      request("PUT", "/api/items/" + Samples.id(42), Samples.body(42));
  private static final byte[] LIST = request("GET", "/api/items?_limit=" + Samples.PAGE, "");
  private static final byte[] BATCH = request("GET", "/api/items?" + ids(), "");

  private final Socket socket;
  private final MessageReader answers;

  HttpCalls(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    answers = new MessageReader(socket.getInputStream());
  }

  @Override
  public void get() throws IOException {
    send(GET);
  }

  @Override
  public void put() throws IOException {
    send(PUT);
  }

  @Override
  public void list() throws IOException {
    send(LIST);
  }

  @Override
  public void batch() throws IOException {
    send(BATCH);
  }

  /** The answer to a GET, which {@link MessageReader#body} and its other methods then tell. */
  MessageReader get(String path) throws IOException {
    send(request("GET", path, ""));
    return answers;
  }

  private void send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    if (!answers.next()) {
      throw new IOException("the connection was closed");
    }
    if (!answers.startsWith(OK)) {
      throw new IOException(answers.firstLine() + " " + answers.body());
    }
  }

  private static String ids() {
    return IntStream.range(0, Samples.BATCH)
        .mapToObj(n -> "id=" + Samples.id(n))
        .collect(Collectors.joining("&", "", "&_limit=" + Samples.BATCH));
  }

  private static byte[] request(String method, String path, String body) {
    String content =
        body.isEmpty()
            ? ""
            : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
    return MessageReader.bytes(
        method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + content + "\r\n" + body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package dev.backplane.benchmarks.abuse;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection to the server that sends ready bytes and skips answers. */
final class Connection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  Connection(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Comes from an address of its own, which takes the system longer than any. */
  Connection(String from, int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0));
  }

  private Connection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
  }

  void send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
  }

  /** Has {@link #close} leave nothing of the connection behind. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
  }

  /**
   * Sends a request and skips its answer.
   *
   * @return the status; negative where the server closes the connection behind it
   */
  int exchange(byte[] request) throws IOException {
    send(request);
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    long length = 0;
    boolean closes = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(line.substring(15).strip());
      }
      closes |= lower.equals("connection: close");
    }
    in.skipNBytes(length);
    return closes ? -status : status;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the connection was closed");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  static byte[] get(String target) {
    return ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] post(String target, String json) {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: %d\r\n\r\n";
    return (head.formatted(target, json.length()) + json).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

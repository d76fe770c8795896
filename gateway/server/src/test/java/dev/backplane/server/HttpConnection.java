package dev.backplane.server;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One connection to a server on this machine, that sends exactly the bytes that a test gives. */
final class HttpConnection implements AutoCloseable {
  private static final int TIMEOUT = 20_000;

  private final Socket socket;
  private final InputStream in;

  HttpConnection(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Takes a connection over. */
  HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  Answer exchange(Request request) throws IOException {
    write(bytes(request));
    return read(request.method());
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Sends text that is ASCII, with a line break after each part. */
  void write(String... lines) throws IOException {
    write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Says that nothing more will be sent. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Whether the server has closed the connection, or does so before the time is out. */
  boolean isClosedByServer() throws IOException {
    return in.read() < 0;
  }

  private static byte[] bytes(Request request) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\n");
    for (Map.Entry<String, String> header : request.headers()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    boolean sized =
        request.body().length > 0 || List.of("POST", "PUT", "PATCH").contains(request.method());
    head.append(sized ? "Content-Length: " + request.body().length + "\r\n\r\n" : "\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(head.toString().getBytes(StandardCharsets.UTF_8));
    bytes.write(request.body());
    return bytes.toByteArray();
  }

  /** Reads the answer to a request with this method. */
  Answer read(String method) throws IOException {
    String[] start = line().split(" ", 3);
    if (!start[0].equals("HTTP/1.1") || start.length < 2) {
      throw new IOException("no status line: " + String.join(" ", start));
    }
    int status = Integer.parseInt(start[1]);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    boolean bare = method.equals("HEAD") || status == 204 || status == 304 || status < 200;
    Answer head = new Answer(status, List.copyOf(headers), new byte[0]);
    return bare ? head : new Answer(status, head.headers(), body(head));
  }

  private byte[] body(Answer head) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (head.header("Transfer-Encoding").isPresent()) {
      int size;
      do {
        size = Integer.parseInt(line().strip(), 16);
        body.write(exactly(size));
        line();
      } while (size > 0);
      return body.toByteArray();
    }
    String length = head.header("Content-Length").orElse("");
    return length.isEmpty() ? in.readAllBytes() : exactly(Integer.parseInt(length));
  }

  private byte[] exactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new IOException("the body ended after " + bytes.length + " of " + size + " bytes");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the connection ended within a line: " + line);
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

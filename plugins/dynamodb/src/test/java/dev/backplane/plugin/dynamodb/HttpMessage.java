package dev.backplane.plugin.dynamodb;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request or an answer of HTTP/1.1, as much of that as an SDK and a database use: a length is
 * given, and nothing is chunked.
 *
 * @param first the first line
 * @param headers by their names in lower case
 * @param body not copied: nobody here changes one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpMessage(String first, Map<String, String> headers, byte[] body) {
  static HttpMessage answer(int status, byte[] body) {
    return new HttpMessage(
        "HTTP/1.1 " + status + " ", Map.of("content-type", "application/x-amz-json-1.0"), body);
  }

  HttpMessage withBody(byte[] changed) {
    return new HttpMessage(first, headers, changed);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The next one on a connection; empty where it was closed before. */
  static Optional<HttpMessage> read(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("a part of a request");
    }
    return Optional.of(new HttpMessage(first, headers, body));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  void write(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder(first).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("content-length: ").append(body.length).append("\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }
}

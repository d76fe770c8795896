package dev.backplane.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A call that a client made.
 *
 * @param path the path, without the host
 * @param headers the last value of each header
 * @param body in UTF-8
 */
record HttpCall(String path, Map<String, String> headers, String body) {
  /** Reads the next call of a connection; null when there will be none. */
  static @Nullable HttpCall read(InputStream in) throws IOException {
    String line = line(in);
    if (line.isEmpty()) {
      return null;
    }
    String path = line.split(" ", 3)[1];
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
    return new HttpCall(path, headers, new String(body, StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n' && next != -1; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  /** A header's value; empty when there is none. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}

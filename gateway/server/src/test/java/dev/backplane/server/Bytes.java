package dev.backplane.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Requests as bytes, right or wrong. */
final class Bytes {
  static final int KB = 1024;
  static final int MB = 1024 * 1024;

  private Bytes() {}

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A request without a body, with these lines of headers. */
  static byte[] get(String target, String... headers) {
    return request("GET", target, headers);
  }

  static byte[] request(String method, String target, String... headers) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return of(head.append("\r\n").toString());
  }

  /** A request with a body of JSON. */
  static byte[] json(String method, String target, String body, String... headers) {
    return body(method, target, "application/json", body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static byte[] post(String target, String body, String... headers) {
    return json("POST", target, body, headers);
  }

  static byte[] body(String method, String target, String type, byte[] body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type: " + type;
    all[headers.length + 1] = "Content-Length: " + body.length;
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(request(method, target, all));
    whole.writeBytes(body);
    return whole.toByteArray();
  }

  /** An array in which an element stands as often as there is room for it. */
  static String filled(String element, int size) {
    String separated = element + ",";
    return "["
        + separated.repeat((size - element.length() - 2) / separated.length())
        + element
        + "]";
  }
}

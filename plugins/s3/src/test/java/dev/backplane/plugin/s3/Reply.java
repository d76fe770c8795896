package dev.backplane.plugin.s3;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What {@link StandIn} answers. */
record Reply(int status, Map<String, String> headers, byte[] body) {
  /** No answer at all: the connection breaks. */
  static final Reply LOST = of(-1);

  static Reply of(int status) {
    return new Reply(status, Map.of(), new byte[0]);
  }

  static Reply error(int status, String code) {
    String xml = "<Error><Code>%s</Code><Message>no matter</Message></Error>".formatted(code);
    return new Reply(
        status, Map.of("Content-Type", "application/xml"), xml.getBytes(StandardCharsets.UTF_8));
  }

  boolean isLost() {
    return status < 0;
  }
}

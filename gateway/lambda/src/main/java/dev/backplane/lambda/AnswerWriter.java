package dev.backplane.lambda;

import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes answers in the form that whoever sent the event expects from a function.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#respond-to-load-balancer">Respond
 *     to the load balancer</a>
 */
final class AnswerWriter {
  private static final String SET_COOKIE = "Set-Cookie";
  private static final JsonFactory JSON = new JsonFactory();

  private AnswerWriter() {}

  /**
   * Writes an answer.
   *
   * @return the JSON; empty when it is larger than the format allows
   */
  static Optional<byte[]> write(Answer answer, Event.Format format) {
    if (answer.body().length > format.maxSize()) {
      return Optional.empty();
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream(answer.body().length * 5 / 4 + 512);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), written)) {
      json.writeStartObject();
      json.writeNumberProperty("statusCode", answer.status());
      switch (format) {
        case V1 -> writeMultipleValues(answer.headers(), json);
        case V2 -> {
          writeSingleValues(answer.headers(), json);
          json.writeEndObject();
          writeCookies(answer.headers(), json);
        }
        case ALB -> {
          writeDescription(answer.status(), json);
          writeSingleValues(answer.headers(), json);
          writeCookiesByCase(answer.headers(), json);
          json.writeEndObject();
        }
        case ALB_MULTI_VALUE -> {
          writeDescription(answer.status(), json);
          writeMultipleValues(answer.headers(), json);
        }
      }
      writeBody(answer.body(), json);
      json.writeEndObject();
    }
    return written.size() > format.maxSize()
        ? Optional.empty()
        : Optional.of(written.toByteArray());
  }

  private static void writeMultipleValues(Map<String, List<String>> headers, JsonGenerator json) {
    json.writeObjectPropertyStart("multiValueHeaders");
    headers.forEach((name, values) -> writeArray(name, values, json));
    json.writeEndObject();
  }

  /** Leaves the object open. Cookies are apart, because no other value can have commas in it. */
  private static void writeSingleValues(Map<String, List<String>> headers, JsonGenerator json) {
    json.writeObjectPropertyStart("headers");
    headers.forEach((name, values) -> {
      if (!isCookie(name)) {
        json.writeStringProperty(name, String.join(", ", values));
      }
    });
  }

  private static void writeCookies(Map<String, List<String>> headers, JsonGenerator json) {
    headers.forEach((name, values) -> {
      if (isCookie(name)) {
        writeArray("cookies", values, json);
      }
    });
  }

  /** One value a name is all that there is room for, but the names of headers have no case. */
  private static void writeCookiesByCase(Map<String, List<String>> headers, JsonGenerator json) {
    headers.forEach((name, values) -> {
      for (int i = 0; isCookie(name) && i < values.size(); i++) {
        json.writeStringProperty(setCookie(i), values.get(i));
      }
    });
  }

  /** The header's name in another case for each number: its letters are the number's bits. */
  private static String setCookie(int number) {
    StringBuilder name = new StringBuilder(SET_COOKIE);
    int bits = number;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isLetter(c)) {
        name.setCharAt(i, (char) (c ^ (bits & 1) * ('a' ^ 'A')));
        bits >>= 1;
      }
    }
    return name.toString();
  }

  private static void writeDescription(int status, JsonGenerator json) {
    String reason = HttpStatus.forStatus(status).getMessage();
    json.writeStringProperty("statusDescription", status + " " + reason);
  }

  private static boolean isCookie(String header) {
    return header.equalsIgnoreCase(SET_COOKIE);
  }

  private static void writeArray(String name, List<String> values, JsonGenerator json) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  /**
   * Text goes out as text and everything else in Base64, which a REST API only undoes where it is
   * told to. What the bytes are says more than their content type: either way the client gets them
   * unchanged.
   */
  private static void writeBody(byte[] body, JsonGenerator json) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      json.writeStringProperty("body", text);
      json.writeBooleanProperty("isBase64Encoded", false);
    } catch (CharacterCodingException binary) {
      json.writeBinaryProperty("body", body);
      json.writeBooleanProperty("isBase64Encoded", true);
    }
  }
}

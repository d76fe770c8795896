package dev.backplane.lambda;

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

/** Writes answers in the form that API Gateway expects from a function. */
final class AnswerWriter {
  /** What Lambda lets a function return; with more, the client gets no answer at all. */
  static final int MAX_SIZE = 6 * 1024 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private AnswerWriter() {}

  /**
   * Writes an answer.
   *
   * @return the JSON; empty when it is larger than a function may return
   */
  static Optional<byte[]> write(Answer answer, Event.Format format) {
    if (answer.body().length > MAX_SIZE) {
      return Optional.empty();
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream(answer.body().length * 5 / 4 + 512);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), written)) {
      json.writeStartObject();
      json.writeNumberProperty("statusCode", answer.status());
      switch (format) {
        case V1 -> writeMultipleValues(answer.headers(), json);
        case V2 -> writeSingleValues(answer.headers(), json);
      }
      writeBody(answer.body(), json);
      json.writeEndObject();
    }
    return written.size() > MAX_SIZE ? Optional.empty() : Optional.of(written.toByteArray());
  }

  private static void writeMultipleValues(Map<String, List<String>> headers, JsonGenerator json) {
    json.writeObjectPropertyStart("multiValueHeaders");
    headers.forEach((name, values) -> writeArray(name, values, json));
    json.writeEndObject();
  }

  /** In format 2.0, cookies stand apart, because nothing else can have commas in its values. */
  private static void writeSingleValues(Map<String, List<String>> headers, JsonGenerator json) {
    json.writeObjectPropertyStart("headers");
    headers.forEach((name, values) -> {
      if (!isCookie(name)) {
        json.writeStringProperty(name, String.join(", ", values));
      }
    });
    json.writeEndObject();
    headers.forEach((name, values) -> {
      if (isCookie(name)) {
        writeArray("cookies", values, json);
      }
    });
  }

  private static boolean isCookie(String header) {
    return header.equalsIgnoreCase("Set-Cookie");
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

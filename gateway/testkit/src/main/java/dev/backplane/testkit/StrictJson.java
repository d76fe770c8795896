package dev.backplane.testkit;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The codec that a store gets during the contract: strict and exact, as the gateway's is. */
final class StrictJson implements JsonCodec {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  @Override
  public JsonValue read(byte[] utf8) {
    // decoded here, as the parser would guess UTF-16 and UTF-32 from the bytes
    String text = decode(utf8);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new JsonException("There is no JSON value.");
      }
      JsonValue value = value(parser);
      if (parser.nextToken() != null) {
        throw new JsonException("There is text after the JSON value" + place(parser) + ".");
      }
      return value;
    } catch (JacksonException malformed) {
      throw new JsonException(
          "Not JSON at line %d, column %d: %s"
              .formatted(
                  malformed.getLocation().getLineNr(),
                  malformed.getLocation().getColumnNr(),
                  malformed.getOriginalMessage()));
    }
  }

  @Override
  public byte[] write(JsonValue value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(generator, value);
    }
    return out.toByteArray();
  }

  private static String decode(byte[] utf8) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new JsonException("The text is not UTF-8.");
    }
    if (text.startsWith("\uFEFF")) {
      throw new JsonException("The text starts with a byte order mark.");
    }
    return text;
  }

  private static JsonValue value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new JsonString(whole(parser, parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getDecimalValue());
      case VALUE_TRUE -> JsonBoolean.TRUE;
      case VALUE_FALSE -> JsonBoolean.FALSE;
      case VALUE_NULL -> JsonNull.NULL;
      default -> throw new JsonException("Not JSON" + place(parser) + ".");
    };
  }

  private static JsonObject object(JsonParser parser) {
    JsonObject.Builder object = JsonObject.builder();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = whole(parser, parser.currentName());
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object.build();
  }

  private static JsonArray array(JsonParser parser) {
    List<JsonValue> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return new JsonArray(elements);
  }

  /** Refuses half of a surrogate pair, which UTF-8 cannot carry on. */
  private static String whole(JsonParser parser, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new JsonException("A string holds half of a surrogate pair" + place(parser) + ".");
    }
    return text;
  }

  private static String place(JsonParser parser) {
    return " at line %d, column %d"
        .formatted(
            parser.currentTokenLocation().getLineNr(), parser.currentTokenLocation().getColumnNr());
  }

  private static void write(JsonGenerator generator, JsonValue value) {
    switch (value) {
      case JsonObject object -> {
        generator.writeStartObject();
        object
            .members()
            .forEach((name, member) -> {
              generator.writeName(name);
              write(generator, member);
            });
        generator.writeEndObject();
      }
      case JsonArray array -> {
        generator.writeStartArray();
        array.elements().forEach(element -> write(generator, element));
        generator.writeEndArray();
      }
      case JsonString string -> generator.writeString(string.value());
      case JsonNumber number -> generator.writeNumber(number.value());
      case JsonBoolean bool -> generator.writeBoolean(bool.value());
      case JsonNull none -> generator.writeNull();
    }
  }
}

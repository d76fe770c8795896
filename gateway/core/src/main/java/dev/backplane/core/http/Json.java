package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Turns;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON text as RFC 8259 has it and no laxer: UTF-8 only, no byte order mark, no duplicate names, no
 * trailing text, no lone surrogates; every digit of a number is kept. Depth and the length of
 * numbers are bounded. Safe for use by many threads.
 */
public final class Json implements JsonCodec {
  /** The only instance that is needed. */
  public static final Json CODEC = new Json();

  private static final int MAX_DEPTH = 100;
  private static final int MAX_NUMBER_LENGTH = 1000;

  /** Every number of so many digits is a long. */
  private static final int DIGITS_OF_LONG = 18;

  /** Well within what BigDecimal can hold, so that no calculation with a number overflows. */
  private static final int MAX_EXPONENT = 1_000_000_000;

  private final JsonFactory factory =
      JsonFactory.builder()
          // clients choose names, and some that collide broke the table of them that all requests
          // share
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  // as long as a text may be: whoever hands text over bounds it
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  @Override
  public JsonValue read(byte[] utf8) {
    CharBuffer text = decode(utf8);
    if (text.length() > 0 && text.charAt(0) == '\uFEFF') {
      throw new JsonException("The JSON starts with a byte order mark; send it without one.");
    }
    try (JsonParser parser =
        factory.createParser(
            ObjectReadContext.empty(), text.array(), text.arrayOffset(), text.length())) {
      if (parser.nextToken() == null) {
        throw new JsonException("There is no JSON: the text is empty.");
      }
      JsonValue value = new Reading(parser).value();
      if (parser.nextToken() != null) {
        throw new JsonException("There is more text behind the JSON" + at(parser) + ".");
      }
      return value;
    } catch (StreamConstraintsException tooMuch) {
      throw outOfBounds();
    } catch (UnexpectedEndOfInputException cutOff) {
      throw new JsonException("The JSON ends before it is complete.");
    } catch (JacksonException malformed) {
      throw new JsonException("The JSON is not valid" + at(malformed.getLocation()) + ".");
    }
  }

  private static JsonException outOfBounds() {
    return new JsonException(
        "The JSON is out of bounds: at most "
            + MAX_DEPTH
            + " levels deep, at most "
            + MAX_NUMBER_LENGTH
            + " digits in a number.");
  }

  @Override
  public byte[] write(JsonValue value) {
    return write(value, length -> {});
  }

  /**
   * As {@link #write(JsonValue)}, but somebody is asked as the text grows.
   *
   * @param value what to write
   * @param growing gets the length that is about to be reached, in bytes, and may throw
   * @return the text
   */
  byte[] write(JsonValue value, LongConsumer growing) {
    Bytes bytes = new Bytes(growing);
    try (JsonGenerator generator = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(value, generator);
    }
    return bytes.toByteArray();
  }

  /** Takes what the generator gathered, mostly in one piece, and hands it on without a copy. */
  private static final class Bytes extends ByteArrayOutputStream {
    private final LongConsumer growing;
    private final Turns turns = new Turns(1);
    private boolean refused;

    Bytes(LongConsumer growing) {
      super(0); // so that it grows to just what it is given first
      this.growing = growing;
    }

    @Override
    public synchronized void write(byte[] more, int offset, int length) {
      if (refused) {
        return; // what the generator still has when it is closed
      }
      turns.next();
      refused = true;
      growing.accept((long) count + length);
      refused = false;
      super.write(more, offset, length);
    }

    @Override
    public synchronized byte[] toByteArray() {
      return count == buf.length ? buf : super.toByteArray();
    }
  }

  private static CharBuffer decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException malformed) {
      throw new JsonException("The JSON is not UTF-8.");
    }
  }

  /** The reading of one text; for one thread. */
  private static final class Reading {
    private final JsonParser parser;
    private final Turns turns = new Turns(16);

    /** Elements of the arrays that have not ended yet, so that not each of them needs a list. */
    private final List<JsonValue> open = new ArrayList<>();

    /** Names read before, by their hash: most come again, and are kept once. */
    private final String[] names = new String[64];

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    JsonValue value() {
      turns.next();
      return switch (parser.currentToken()) {
        case START_OBJECT -> object();
        case START_ARRAY -> array();
        case VALUE_STRING -> new JsonString(text());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
        case VALUE_TRUE -> JsonBoolean.TRUE;
        case VALUE_FALSE -> JsonBoolean.FALSE;
        case VALUE_NULL -> JsonNull.NULL;
        default -> throw new JsonException("The JSON is not valid" + at(parser) + ".");
      };
    }

    private JsonNumber number() {
      int length = parser.getStringLength();
      if (length <= DIGITS_OF_LONG && parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        return JsonNumber.of(parser.getLongValue());
      }
      requireFewDigits(length);
      BigDecimal number;
      try {
        number = parser.getDecimalValue();
      } catch (NumberFormatException tooMuch) {
        throw exponent();
      }
      if (Math.abs((long) number.scale()) > MAX_EXPONENT) {
        throw exponent();
      }
      return new JsonNumber(number);
    }

    /** The parser's own bound leaves out a digit of some numbers with a point. */
    private void requireFewDigits(int length) {
      if (length > MAX_NUMBER_LENGTH
          && parser.getString().chars().filter(Character::isDigit).count() > MAX_NUMBER_LENGTH) {
        throw outOfBounds();
      }
    }

    private JsonException exponent() {
      return new JsonException("A number has too great an exponent" + at(parser) + ".");
    }

    private JsonObject object() {
      JsonObject.Builder members = JsonObject.builder();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = name();
        if (members.has(name)) {
          throw new JsonException("An object has a name twice" + at(parser) + ".");
        }
        parser.nextToken();
        members.put(name, value());
      }
      return members.build();
    }

    private String name() {
      String name = text();
      int place = name.hashCode() & (names.length - 1);
      if (!name.equals(names[place])) {
        names[place] = name;
      }
      return names[place];
    }

    private JsonArray array() {
      int before = open.size();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        open.add(value());
      }
      List<JsonValue> elements = open.subList(before, open.size());
      JsonArray array = new JsonArray(elements);
      elements.clear();
      return array;
    }

    private String text() {
      String text = parser.getString();
      for (int i = 0; i < text.length(); i++) {
        if (!Character.isSurrogate(text.charAt(i))) {
          continue;
        }
        // half a character has no UTF-8 form: it could be stored but never sent
        if (i + 1 >= text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(++i))) {
          throw new JsonException("A string holds half of a surrogate pair" + at(parser) + ".");
        }
      }
      return text;
    }
  }

  private static String at(JsonParser parser) {
    return at(parser.currentTokenLocation());
  }

  private static String at(TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static void write(JsonValue value, JsonGenerator generator) {
    switch (value) {
      case JsonObject object -> {
        generator.writeStartObject();
        object
            .members()
            .forEach((name, member) -> {
              generator.writeName(name);
              write(member, generator);
            });
        generator.writeEndObject();
      }
      case JsonArray array -> {
        generator.writeStartArray();
        for (JsonValue element : array.elements()) {
          write(element, generator);
        }
        generator.writeEndArray();
      }
      case JsonString text -> generator.writeString(text.value());
      case JsonNumber number -> write(number.value(), generator);
      case JsonBoolean bool -> generator.writeBoolean(bool.value());
      case JsonNull none -> generator.writeNull();
    }
  }

  private static void write(BigDecimal number, JsonGenerator generator) {
    if (number.scale() == 0 && number.precision() <= DIGITS_OF_LONG) {
      generator.writeNumber(number.longValue()); // the same digits, without a text of their own
      return;
    }
    generator.writeNumber(number);
  }
}

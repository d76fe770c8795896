package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;

/**
 * What one request has taken of the heap. Small requests take nothing: how many there may be at
 * once bounds those. For one request on one thread.
 */
final class Taken implements AutoCloseable {
  /** Bodies and answers up to this many bytes are small. */
  static final int SMALL = 8 * 1024;

  /** Bodies from this many bytes take a while to read. */
  private static final int LARGE = 64 * 1024;

  /**
   * The most heap for a byte of JSON while it is read, with what is left over for the collector:
   * {@code [[1],…]} and {@code [{"":0},…]} come near.
   */
  private static final int WORST = 48;

  /**
   * The longest answer: of the memory, what one request may take, and what others can cope with.
   */
  private static final long MOST_ANSWER = Math.min(32L * 1024 * 1024, Room.ANSWERS.size());

  /** What is made of a body is there more than once while it is checked, stored and answered. */
  private static final int COPIES = 3;

  private long arriving;
  private long read;
  private long reader;
  private long answer;

  /** Takes room for a body, in bytes; what was taken for it before counts. */
  void arriving(long bytes) {
    if (bytes > SMALL && bytes > arriving) {
      long more = Room.ARRIVING.take(bytes - arriving);
      arriving += more;
    }
  }

  /** Takes room for the JSON that a body may turn out to be. */
  void reading(int bytes) {
    if (bytes > SMALL && read == 0) {
      read = Room.READ.take((long) bytes * WORST);
      reader = bytes > LARGE ? Room.READERS.take(1) : 0;
    }
  }

  /** Gives back what the JSON turned out not to need. */
  void read(JsonValue json) {
    if (read > 0) {
      long needed = Math.min(read, heap(json) * COPIES);
      long spare = (read - needed) / 1024 * 1024;
      Room.READ.give(spare);
      read -= spare;
    }
    Room.READERS.give(reader);
    reader = 0;
  }

  /**
   * Takes room for an answer as it grows.
   *
   * @param bytes how long it is about to be
   * @throws HttpProblem when it is too long, or others leave it no room
   */
  void answering(long bytes) {
    if (bytes <= SMALL || bytes <= answer) {
      return;
    }
    if (bytes > MOST_ANSWER) {
      throw HttpProblem.badRequest(
          "The answer would be larger than "
              + MOST_ANSWER / 1024
              + " KB: ask for fewer items with _limit, or for fewer fields with _fields.");
    }
    // more than that at once, as one who waits for more keeps what is taken already
    answer += Room.ANSWERS.take(Math.min(MOST_ANSWER, bytes + bytes / 2) - answer);
  }

  /** About how many bytes of the heap a value takes. */
  static long heap(JsonValue json) {
    return switch (json) {
      case JsonObject object -> {
        long bytes = 150;
        for (var member : object.members().entrySet()) {
          bytes += 100 + member.getKey().length() + heap(member.getValue());
        }
        yield bytes;
      }
      case JsonArray array -> {
        long bytes = 50;
        for (JsonValue element : array.elements()) {
          bytes += 4 + heap(element);
        }
        yield bytes;
      }
      case JsonString text -> 60 + text.value().length();
      case JsonNumber number -> 60 + number.value().precision() / 2;
      case JsonBoolean bool -> 0;
      case JsonNull none -> 0;
    };
  }

  /** About how many bytes a value takes as JSON, never more than it does. */
  static long text(JsonValue json) {
    return switch (json) {
      case JsonObject object -> {
        long bytes = 1;
        for (var member : object.members().entrySet()) {
          bytes += 4 + member.getKey().length() + text(member.getValue());
        }
        yield bytes;
      }
      case JsonArray array -> {
        long bytes = 1;
        for (JsonValue element : array.elements()) {
          bytes += 1 + text(element);
        }
        yield bytes;
      }
      case JsonString text -> 2 + text.value().length();
      case JsonNumber number -> 1;
      case JsonBoolean bool -> 4;
      case JsonNull none -> 4;
    };
  }

  @Override
  public void close() {
    Room.ARRIVING.give(arriving);
    Room.READ.give(read);
    Room.READERS.give(reader);
    Room.ANSWERS.give(answer);
    arriving = 0;
    read = 0;
    reader = 0;
    answer = 0;
  }
}

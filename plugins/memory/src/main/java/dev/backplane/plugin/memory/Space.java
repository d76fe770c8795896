package dev.backplane.plugin.memory;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The part of the process's memory that the items of all resources may take together, as items are
 * small or large and their number alone bounds nothing. Safe for use by many threads.
 */
final class Space {
  /** What two maps and the item itself take besides the body. */
  private static final int ITEM = 400;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * A space in which nothing is.
   *
   * @param most how large, in bytes
   */
  Space(long most) {
    this.most = most;
  }

  /**
   * Takes room for more, or gives some back.
   *
   * @param bytes how much; negative to give back, which always succeeds
   * @return whether there was as much
   */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= most || bytes <= 0) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** About how many bytes an item takes. */
  static long of(String id, JsonObject body) {
    return ITEM + 2L * id.length() + of(body);
  }

  private static long of(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        long bytes = 150;
        for (var member : object.members().entrySet()) {
          bytes += 100 + member.getKey().length() + of(member.getValue());
        }
        yield bytes;
      }
      case JsonArray array -> {
        long bytes = 50;
        for (JsonValue element : array.elements()) {
          bytes += 4 + of(element);
        }
        yield bytes;
      }
      case JsonString text -> 60 + text.value().length();
      case JsonNumber number -> 60 + number.value().precision() / 2;
      case JsonBoolean bool -> 0;
      case JsonNull none -> 0;
    };
  }
}

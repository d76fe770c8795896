package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads all segments of a table at the same time. A cursor has a mark for each: null before it was
 * begun, the key behind which it goes on, or true at its end. For one request.
 */
final class SegmentRounds implements Rounds {
  private final List<ScanRounds> segments;

  SegmentRounds(List<ScanRounds> segments) {
    this.segments = List.copyOf(segments);
  }

  @Override
  public Round next(Cursor from, int examined) {
    List<JsonValue> marks = new ArrayList<>(from.marks());
    if (marks.isEmpty()) {
      marks.addAll(Collections.nCopies(segments.size(), JsonNull.NULL));
    }
    if (marks.size() != segments.size() || marks.stream().noneMatch(SegmentRounds::isOpen)) {
      throw CursorCodec.unusable(); // of a mapping with another number of segments
    }
    long open = marks.stream().filter(SegmentRounds::isOpen).count();
    int each = (int) Math.ceilDiv(examined, open);
    List<Optional<Round>> parts = readAll(from, marks, each);
    List<Row> rows = new ArrayList<>();
    long sum = 0;
    double capacity = 0;
    for (int i = 0; i < segments.size(); i++) {
      if (parts.get(i).isEmpty()) {
        continue;
      }
      Round part = parts.get(i).get();
      List<JsonValue> before = List.copyOf(marks);
      int segment = i;
      for (Row row : part.rows()) {
        rows.add(
            new Row(
                row.attributes(),
                () -> with(from, before, segment, row.after().get().marks().get(0))));
      }
      marks.set(i, part.next().map(next -> next.marks().get(0)).orElse(JsonBoolean.TRUE));
      sum += part.examined();
      capacity += part.capacity();
    }
    boolean more = marks.stream().anyMatch(SegmentRounds::isOpen);
    return new Round(
        rows,
        more ? Optional.of(new Cursor(from.path(), 0, marks)) : Optional.empty(),
        sum,
        capacity);
  }

  /** Behind a row, what was read of the later segments counts as not read. */
  private static Cursor with(Cursor from, List<JsonValue> marks, int segment, JsonValue mark) {
    List<JsonValue> changed = new ArrayList<>(marks);
    changed.set(segment, mark);
    return new Cursor(from.path(), 0, changed);
  }

  private static boolean isOpen(JsonValue mark) {
    return mark == JsonNull.NULL || mark instanceof JsonObject;
  }

  /** One answer for each segment; none for those that have ended. */
  private List<Optional<Round>> readAll(Cursor from, List<JsonValue> marks, int examined) {
    List<Supplier<Optional<Round>>> calls = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      ScanRounds segment = segments.get(i);
      JsonValue mark = marks.get(i);
      Cursor start = mark == JsonNull.NULL ? from.at() : from.at(mark);
      calls.add(() -> isOpen(mark) ? Optional.of(segment.next(start, examined)) : Optional.empty());
    }
    return Together.run(calls);
  }
}

package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts the items that an index has under one value of its sort key into the order of their ids, by
 * which a list breaks ties; the index has them in none. They are held together up to a bound: what
 * is beyond stays in the order of the index, which is the same from page to page. For one request.
 *
 * <p>A cursor behind one of several equal items has two marks: where their group begins (null: with
 * the list), and the id behind which it goes on.
 */
final class TieRounds implements Rounds {
  /** More equal items than that, or such as take more rounds, are not held together. */
  private static final int MOST_TIES = 1_000;

  private static final int MOST_ROUNDS = 5;

  /** However small the page is, so that the rounds are enough for the ties. */
  private static final int EXAMINED_FOR_TIES = MOST_TIES / (MOST_ROUNDS - 1);

  private static final Comparator<Item> BY_ID = Order.comparator(List.of());

  private final Rounds index;
  private final KeyAttribute sort;
  private final KeySchema table;

  /** What was read of a group that may go on. */
  private List<Row> open = List.of();

  private int openRounds;
  private Optional<Cursor> readOn = Optional.empty();

  TieRounds(Rounds index, KeyAttribute sort, KeySchema table) {
    this.index = index;
    this.sort = sort;
    this.table = table;
  }

  @Override
  public Round next(Cursor from, int examined) {
    Cursor group = from;
    Optional<String> behind = Optional.empty();
    if (from.marks().size() == 2) {
      group = from.marks().get(0) == JsonNull.NULL ? from.at() : from.at(from.marks().get(0));
      behind = from.marks().get(1).text();
    }
    int looked = open.isEmpty() ? examined : Math.max(examined, EXAMINED_FOR_TIES);
    Round round = index.next(readOn.orElse(group), looked);
    List<Row> rows = new ArrayList<>(open);
    rows.addAll(round.rows());
    List<Row> ordered = new ArrayList<>();
    int begin = 0;
    while (begin < rows.size()) {
      int end = endOfTies(rows, begin);
      List<Row> ties = rows.subList(begin, end);
      boolean mayGoOn = end == rows.size() && round.next().isPresent();
      if (mayGoOn && (behind.isPresent() || isHeld(ties))) {
        break;
      }
      ordered.addAll(mayGoOn ? ties : byId(ties, group, behind));
      group = ties.get(ties.size() - 1).after().get();
      behind = Optional.empty();
      begin = end;
    }
    hold(rows.subList(begin, rows.size()), round.next());
    return new Round(
        ordered, next(group, behind, round.next()), round.examined(), round.capacity());
  }

  private boolean isHeld(List<Row> ties) {
    return ties.size() < MOST_TIES && openRounds < MOST_ROUNDS;
  }

  private void hold(List<Row> ties, Optional<Cursor> next) {
    open = List.copyOf(ties);
    openRounds = open.isEmpty() ? 0 : openRounds + 1;
    readOn = open.isEmpty() ? Optional.empty() : next;
  }

  private Optional<Cursor> next(Cursor group, Optional<String> behind, Optional<Cursor> next) {
    if (open.isEmpty()) {
      return next;
    }
    return Optional.of(behind.map(id -> within(group, id)).orElse(group));
  }

  private int endOfTies(List<Row> rows, int begin) {
    JsonValue value = value(rows.get(begin));
    int end = begin + 1;
    while (end < rows.size() && value(rows.get(end)).equals(value)) {
      end++;
    }
    return end;
  }

  private JsonValue value(Row row) {
    return AttributeReader.value(
        Objects.requireNonNull(row.attributes().get(sort.name()), "an index without its key"));
  }

  private List<Row> byId(List<Row> ties, Cursor group, Optional<String> behind) {
    if (ties.size() == 1 && behind.isEmpty()) {
      return ties;
    }
    List<Row> sorted = new ArrayList<>(ties);
    sorted.sort(Comparator.comparing(this::item, BY_ID));
    Row last = ties.get(ties.size() - 1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Row row = sorted.get(i);
      Item item = item(row);
      if (behind.isEmpty() || BY_ID.compare(item, item(behind.get())) > 0) {
        boolean ends = i == sorted.size() - 1;
        rows.add(new Row(row.attributes(), ends ? last.after() : () -> within(group, item.id())));
      }
    }
    return rows;
  }

  private Item item(Row row) {
    return item(table.id(row.attributes()).text().orElseThrow());
  }

  /** Only the id of which counts. */
  private static Item item(String id) {
    return new Item(id, "any", JsonObject.empty());
  }

  private static Cursor within(Cursor group, String id) {
    JsonValue start = group.marks().isEmpty() ? JsonNull.NULL : group.marks().get(0);
    return group.at(start, new JsonString(id));
  }
}

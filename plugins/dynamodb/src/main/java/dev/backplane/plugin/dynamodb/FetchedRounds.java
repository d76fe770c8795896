package dev.backplane.plugin.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads what a round lacks of its items from the table, at once: an index may hold a part of them
 * only. What has gone from the table in between is left out. For one request on one thread.
 */
final class FetchedRounds implements Rounds {
  private final Rounds found;
  private final TableSettings table;
  private final BatchReader batches;
  private final Predicate<Map<String, AttributeValue>> lacks;

  FetchedRounds(
      Rounds found,
      TableSettings table,
      BatchReader batches,
      Predicate<Map<String, AttributeValue>> lacks) {
    this.found = found;
    this.table = table;
    this.batches = batches;
    this.lacks = lacks;
  }

  @Override
  public Round next(Cursor from, int examined) {
    Round round = found.next(from, examined);
    Set<Map<String, AttributeValue>> keys =
        round.rows().stream()
            .map(Row::attributes)
            .filter(lacks)
            .map(table.keys()::of)
            .collect(Collectors.toSet());
    if (keys.isEmpty()) {
      return round;
    }
    BatchReader.Found whole = batches.read(keys);
    List<Row> rows = new ArrayList<>(round.rows().size());
    for (Row row : round.rows()) {
      Map<String, AttributeValue> key = table.keys().of(row.attributes());
      if (!keys.contains(key)) {
        rows.add(row);
      } else if (whole.items().containsKey(key)) {
        rows.add(new Row(whole.items().getOrDefault(key, Map.of()), row.after()));
      }
    }
    return new Round(rows, round.next(), round.examined(), round.capacity() + whole.capacity());
  }
}

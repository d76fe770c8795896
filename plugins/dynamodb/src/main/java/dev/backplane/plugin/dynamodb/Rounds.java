package dev.backplane.plugin.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads a list piece by piece, as the service gives it. For one request on one thread. */
interface Rounds {
  /**
   * Asks the service for the next piece.
   *
   * @param from where it begins
   * @param examined about how many items the service looks at
   * @return the piece, perhaps without rows although there is a next one
   */
  Round next(Cursor from, int examined);

  /**
   * A piece of a list.
   *
   * @param rows what is in it
   * @param next where the next one begins; empty where the list ends
   * @param examined how many items the service looked at
   * @param capacity how many units of capacity that took
   */
  record Round(List<Row> rows, Optional<Cursor> next, long examined, double capacity) {
    public Round {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One item.
   *
   * @param attributes the item, or what is needed of it
   * @param after where the list goes on behind it
   */
  record Row(Map<String, AttributeValue> attributes, Supplier<Cursor> after) {}
}

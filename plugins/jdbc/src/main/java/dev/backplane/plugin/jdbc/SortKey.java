package dev.backplane.plugin.jdbc;

import java.util.List;
import java.util.Optional;

/**
 * One key of an order as SQL.
 *
 * @param column whose values are compared
 * @param value the value that is compared, as SQL
 * @param parameter a value to compare it with
 * @param descending whether the greatest comes first
 * @param nullable whether there may be none, which comes first
 * @param isText whether the text of the value is compared, as where an id breaks a tie
 */
record SortKey(
    Column column,
    String value,
    String parameter,
    boolean descending,
    boolean nullable,
    boolean isText) {

  String order(Dialect dialect) {
    return dialect.order(value, descending, nullable);
  }

  /** That a row has this value; empty: none. */
  Condition at(Optional<Bind> mark) {
    return mark.map(bind -> Condition.of(value + " = " + parameter, bind))
        .orElseGet(() -> Condition.of(value + " IS NULL"));
  }

  /** That a row comes behind those with this value. */
  Condition behind(Optional<Bind> mark) {
    if (mark.isEmpty()) {
      return descending ? Condition.NEVER : Condition.of(value + " IS NOT NULL");
    }
    Condition beyond = Condition.of(value + (descending ? " < " : " > ") + parameter, mark.get());
    return descending && nullable
        ? Condition.any(List.of(beyond, Condition.of(value + " IS NULL")))
        : beyond;
  }

  /** That a row does not come before those with this value: what an index can start at. */
  Optional<Condition> from(Optional<Bind> mark) {
    return nullable || mark.isEmpty()
        ? Optional.empty()
        : Optional.of(Condition.of(value + (descending ? " <= " : " >= ") + parameter, mark.get()));
  }
}

package dev.backplane.plugin.jdbc;

import dev.backplane.spi.Order;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Orders as the gateway means them, where the database keeps them. Any thread. */
record Ordering(Table table, Dialect dialect) {

  /**
   * The keys of an order, of which the last ones leave no tie.
   *
   * @throws StoreException when the database has another order, or none that is known
   */
  List<SortKey> keys(List<Order> order) {
    if (order.isEmpty()) {
      return table.keys().columns().stream().map(this::plain).toList();
    }
    List<SortKey> keys = new ArrayList<>();
    Set<Column> sorted = new HashSet<>();
    for (Order each : order) {
      Optional<Column> column = column(each);
      if (column.isPresent() && sorted.add(column.get())) {
        keys.add(key(column.get(), each.descending()));
      }
    }
    if (!sorted.containsAll(table.keys().columns())) {
      keys.add(byId());
    }
    return keys;
  }

  /** The column of a sort key; empty where no item has the field, so that all are equal. */
  private Optional<Column> column(Order order) {
    List<String> path = order.field().segments();
    Optional<Column> column = table.member(path.get(0));
    boolean unknown = column.isEmpty() ? table.rest().isPresent() || isId(path) : isJson(column);
    if (unknown) {
      throw refused();
    }
    return path.size() == 1 ? column : Optional.empty();
  }

  private boolean isId(List<String> path) {
    return table.keys().isComposite() && path.size() == 1 && path.get(0).equals(table.idField());
  }

  private static boolean isJson(Optional<Column> column) {
    return column.isPresent() && column.get().kind() == Kind.JSON;
  }

  private SortKey plain(Column column) {
    return sortKey(column, dialect.quote(column.name()), "?", false);
  }

  private SortKey key(Column column, boolean descending) {
    String name = dialect.quote(column.name());
    return switch (column.kind()) {
      case BOOLEAN, INTEGER, DECIMAL, DATE, TIMESTAMP, INSTANT ->
          sortKey(column, name, "?", descending);
      case TEXT -> text(column, name, descending);
      case DOUBLE, REAL, TIME, CHAR, UUID, JSON, BYTES, ARRAY, LABEL, OTHER -> throw refused();
    };
  }

  private SortKey text(Column column, String name, boolean descending) {
    Optional<Integer> longest = dialect.longestOrdered();
    boolean whole = longest.isEmpty() || (column.size() > 0 && column.size() <= longest.get());
    String value = dialect.byCodePoint(name).filter(known -> whole).orElseThrow(Ordering::refused);
    return sortKey(column, value, dialect.byCodePoint("?").orElseThrow(), descending);
  }

  private static SortKey sortKey(Column column, String value, String parameter, boolean down) {
    return new SortKey(column, value, parameter, down, column.nullable(), false);
  }

  /** Items that are equal otherwise are in the order of their ids, which are texts. */
  private SortKey byId() {
    Column column = table.keys().first();
    if (table.keys().isComposite()) {
      throw refused();
    }
    String name = dialect.quote(column.name());
    return switch (column.kind()) {
      case TEXT -> text(column, name, false);
      case INTEGER -> {
        String text = "CAST(" + name + " AS " + dialect.textType() + ")";
        String value = dialect.byCodePoint(text).orElseThrow(Ordering::refused);
        String parameter = dialect.byCodePoint("?").orElseThrow();
        yield new SortKey(column, value, parameter, false, false, true);
      }
      default -> throw refused();
    };
  }

  private static StoreException refused() {
    return new StoreException(Reason.UNSUPPORTED, "The backend does not keep this order.");
  }
}

package dev.backplane.plugin.jdbc;

import dev.backplane.spi.Item;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Does changes of one table as one: holds the rows, tests every precondition on what they are now,
 * and only then writes. Programs that write past the gateway wait, or are waited for. For one
 * request on one thread.
 */
final class Transaction {
  private final OpenTable open;
  private final Database database;
  private final List<Change> changes;

  Transaction(OpenTable open, Database database, List<Change> changes) {
    this.open = open;
    this.database = database;
    this.changes = List.copyOf(changes);
  }

  /** What came of the changes. */
  sealed interface Outcome {
    /**
     * All are done.
     *
     * @param before what there was, by id
     * @param after what there is now, by id
     */
    record Done(Map<String, Item> before, Map<String, Item> after) implements Outcome {}

    /** None is done. */
    record Refused(Map<Integer, Refusal> refusals) implements Outcome {}
  }

  /**
   * Does them, again where another writer made one of the rows meanwhile.
   *
   * @throws StoppedWrite when the database refuses one of them
   */
  Outcome run() throws SQLException {
    try {
      return database.transact(this::attempt);
    } catch (StoppedWrite stopped) {
      if (!mayBeRaced(stopped)) {
        throw stopped;
      }
    }
    return database.transact(this::attempt);
  }

  /** Whether a row may have come between the test that there is none and its insert. */
  private boolean mayBeRaced(StoppedWrite stopped) {
    return Trouble.of(stopped.failure(), database.dialect()) == Trouble.UNIQUE;
  }

  private Outcome attempt(Connection connection) throws SQLException {
    List<Keys.Key> keys = new ArrayList<>();
    changes.forEach(change -> change.key().ifPresent(keys::add));
    keys.sort(Comparator.comparing(Keys.Key::id));
    Map<String, Item> before = keys.isEmpty() ? Map.of() : open.get(connection, keys, true);
    Map<Integer, Refusal> refusals = refusals(before);
    if (!refusals.isEmpty()) {
      return new Outcome.Refused(refusals);
    }
    Map<String, Item> after = new LinkedHashMap<>();
    for (int index : order()) {
      try {
        write(connection, changes.get(index), before, after);
      } catch (SQLException failure) {
        if (Trouble.of(failure, database.dialect()) == Trouble.RETRY) {
          throw failure;
        }
        throw new StoppedWrite(index, failure);
      }
    }
    if (!database.dialect().returns()) {
      after.putAll(open.get(connection, stored(), false));
    }
    return new Outcome.Done(before, after);
  }

  private List<Keys.Key> stored() {
    return changes.stream()
        .filter(change -> !change.isDelete())
        .flatMap(change -> change.key().stream())
        .toList();
  }

  private Map<Integer, Refusal> refusals(Map<String, Item> before) {
    Map<Integer, Refusal> refusals = new TreeMap<>();
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      Optional<Item> current = change.key().map(Keys.Key::id).map(before::get);
      if (change.failure().isPresent()) {
        refusals.put(i, new Refusal.Failed(change.failure().get()));
      } else if (!change.holds(current) || (change.isDelete() && current.isEmpty())) {
        refusals.put(i, new Refusal.PreconditionFailed(current));
      }
    }
    return refusals;
  }

  /**
   * That of the keys, so that two writers do not wait for each other; of who refers, that given.
   */
  private List<Integer> order() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      order.add(i);
    }
    if (!open.table().refersToItself()) {
      order.sort(Comparator.comparing(index -> id(changes.get(index))));
    }
    return order;
  }

  private static String id(Change change) {
    return change.key().orElseThrow().id();
  }

  private void write(
      Connection connection, Change change, Map<String, Item> before, Map<String, Item> after)
      throws SQLException {
    Keys.Key key = change.key().orElseThrow();
    Condition same = open.equality().key(open.table().keys(), key);
    if (change.isDelete()) {
      database.update(connection, open.statements().delete(same));
      return;
    }
    WrittenRow row = change.row().orElseThrow();
    Optional<Sql> write =
        before.containsKey(key.id())
            ? open.statements().update(same, row)
            : Optional.of(open.statements().insert(columns(open.table(), key), row));
    if (write.isEmpty()) {
      after.put(key.id(), before.get(key.id()));
      return;
    }
    if (!database.dialect().returns()) {
      database.update(connection, write.get());
      return;
    }
    Sql returning = open.statements().returning(write.get());
    database
        .query(connection, returning, open.reader()::read)
        .forEach(stored -> stored.item().ifPresent(item -> after.put(item.id(), item)));
  }

  static Map<Column, Bind> columns(Table table, Keys.Key key) {
    Map<Column, Bind> columns = new LinkedHashMap<>();
    List<Column> names = table.keys().columns();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i), key.values().get(i));
    }
    return columns;
  }
}

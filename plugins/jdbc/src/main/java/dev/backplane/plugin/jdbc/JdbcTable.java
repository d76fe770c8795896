package dev.backplane.plugin.jdbc;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.BatchPutStore;
import dev.backplane.spi.CheckableStore;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StartableStore;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.TransactionalStore;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A table that is read and written. Safe for use by many threads. */
final class JdbcTable
    implements BatchGetStore,
        BatchPutStore,
        CheckableStore,
        CountableStore,
        StartableStore,
        TransactionalStore {
  private static final int MOST_WRITES = 1_000;

  private final TableAccess access;
  private final JdbcView reading;

  JdbcTable(TableAccess access) {
    this.access = access;
    this.reading = new JdbcView(access);
  }

  @Override
  public void start() {
    reading.start();
  }

  @Override
  public void check() {
    reading.check();
  }

  @Override
  public Optional<Item> get(String id) {
    return reading.get(id);
  }

  @Override
  public List<Item> getAll(Set<String> ids) {
    return reading.getAll(ids);
  }

  @Override
  public Page list(Query query) {
    return reading.list(query);
  }

  @Override
  public OptionalLong count(Filter filter) {
    return reading.count(filter);
  }

  @Override
  public PutResult put(String id, JsonObject body, Precondition precondition) {
    Write write = new Write.Put(id, body, precondition);
    return access.call(table -> {
      Change change = changes(table).of(write);
      if (precondition instanceof Precondition.Absent && isQuick(change)) {
        Optional<Item> created = insert(table, change);
        if (created.isPresent()) {
          return new PutResult.Created(created.get());
        }
      }
      return switch (run(table, List.of(change))) {
        case Transaction.Outcome.Refused refused -> refused(refused);
        case Transaction.Outcome.Done done -> {
          Item item = Optional.ofNullable(done.after().get(id)).orElseThrow(JdbcTable::gone);
          yield done.before().containsKey(id)
              ? new PutResult.Replaced(item)
              : new PutResult.Created(item);
        }
      };
    });
  }

  /** Whether one statement says at once that there is no such row, and makes it. */
  private boolean isQuick(Change change) {
    return access.database().dialect().returns()
        && change.failure().isEmpty()
        && change.key().isPresent();
  }

  /** Empty where there may be such a row already. */
  private Optional<Item> insert(OpenTable table, Change change) throws SQLException {
    Changes.New row =
        new Changes.New(
            Transaction.columns(table.table(), change.key().orElseThrow()),
            List.of(),
            change.row().orElseThrow());
    try {
      return Optional.of(new Creation(table, access.database()).insert(row));
    } catch (SQLException failure) {
      if (Trouble.of(failure, access.database().dialect()) == Trouble.UNIQUE) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static PutResult refused(Transaction.Outcome.Refused refused) {
    return switch (refused.refusals().values().iterator().next()) {
      case Refusal.PreconditionFailed failed -> new PutResult.PreconditionFailed(failed.current());
      case Refusal.Failed failed -> throw failed.failure();
    };
  }

  private static StoreException gone() {
    return new StoreException(
        StoreException.Reason.UNAVAILABLE,
        "The backend of this resource stored the item otherwise than it was told.");
  }

  @Override
  public DeleteResult delete(String id, Precondition precondition) {
    Write write = new Write.Delete(id, precondition);
    return access.call(table ->
        switch (run(table, List.of(changes(table).of(write)))) {
          case Transaction.Outcome.Done done ->
              new DeleteResult.Deleted(done.before().values().iterator().next());
          case Transaction.Outcome.Refused refused ->
              switch (refused(refused)) {
                case PutResult.PreconditionFailed failed ->
                    failed
                        .current()
                        .<DeleteResult>map(DeleteResult.PreconditionFailed::new)
                        .orElseGet(DeleteResult.Missing::new);
                case PutResult.Created created -> throw gone();
                case PutResult.Replaced replaced -> throw gone();
              };
        });
  }

  @Override
  public Item create(JsonObject body) {
    return access.call(
        table -> new Creation(table, access.database()).insert(changes(table).of(body)));
  }

  @Override
  public boolean hasRandomIds() {
    return access.call(table -> {
      Keys keys = table.table().keys();
      return !keys.isComposite() && !keys.first().isGenerated() && Keys.canBeRandom(keys.first());
    });
  }

  @Override
  public int mostWrites() {
    return MOST_WRITES;
  }

  @Override
  public WriteAllResult writeAll(List<Write> writes) {
    return access.call(table -> {
      Changes changes = changes(table);
      try {
        Transaction transaction =
            new Transaction(table, access.database(), writes.stream().map(changes::of).toList());
        return switch (transaction.run()) {
          case Transaction.Outcome.Refused refused ->
              new WriteAllResult.Refused(refused.refusals());
          case Transaction.Outcome.Done done ->
              new WriteAllResult.Done(writes.stream().map(write -> item(write, done)).toList());
        };
      } catch (StoppedWrite stopped) {
        return refused(stopped, table);
      }
    });
  }

  private static Optional<Item> item(Write write, Transaction.Outcome.Done done) {
    boolean deleted = write instanceof Write.Delete;
    return Optional.ofNullable((deleted ? done.before() : done.after()).get(write.id()));
  }

  private WriteAllResult refused(StoppedWrite stopped, OpenTable table) {
    StoreException failure = failure(stopped, table);
    return switch (failure.reason()) {
      case INVALID, CONFLICT ->
          new WriteAllResult.Refused(Map.of(stopped.index(), new Refusal.Failed(failure)));
      case UNSUPPORTED, THROTTLED, UNAVAILABLE, TIMEOUT -> throw failure;
    };
  }

  @Override
  public Map<String, PutOutcome> putAll(Map<String, JsonObject> bodies) {
    Map<String, PutOutcome> together = access.call(table -> together(table, bodies));
    Map<String, PutOutcome> outcomes = new LinkedHashMap<>();
    bodies.forEach((id, body) ->
        outcomes.put(id, Optional.ofNullable(together.get(id)).orElseGet(() -> alone(id, body))));
    return outcomes;
  }

  /** What becomes of them as one; empty where one that the database refuses stops them all. */
  private Map<String, PutOutcome> together(OpenTable table, Map<String, JsonObject> bodies)
      throws SQLException {
    Map<String, PutOutcome> outcomes = new LinkedHashMap<>();
    List<Change> possible = new ArrayList<>();
    Changes changes = changes(table);
    bodies.forEach((id, body) -> {
      Change change = changes.of(new Write.Put(id, body, new Precondition.None()));
      change
          .failure()
          .ifPresentOrElse(
              failure -> outcomes.put(id, new PutOutcome.Failed(failure)),
              () -> possible.add(change));
    });
    if (possible.isEmpty()) {
      return outcomes;
    }
    try {
      Transaction.Outcome outcome = new Transaction(table, access.database(), possible).run();
      if (outcome instanceof Transaction.Outcome.Done done) {
        done.after().forEach((id, item) -> outcomes.put(id, new PutOutcome.Stored(item)));
      }
      return outcomes;
    } catch (StoppedWrite stopped) {
      return outcomes;
    }
  }

  private PutOutcome alone(String id, JsonObject body) {
    try {
      return switch (put(id, body, new Precondition.None())) {
        case PutResult.Created created -> new PutOutcome.Stored(created.item());
        case PutResult.Replaced replaced -> new PutOutcome.Stored(replaced.item());
        case PutResult.PreconditionFailed failed -> new PutOutcome.Failed(gone());
      };
    } catch (StoreException failure) {
      return new PutOutcome.Failed(failure);
    }
  }

  private Transaction.Outcome run(OpenTable table, List<Change> changes) throws SQLException {
    try {
      return new Transaction(table, access.database(), changes).run();
    } catch (StoppedWrite stopped) {
      throw failure(stopped, table);
    }
  }

  private StoreException failure(StoppedWrite stopped, OpenTable table) {
    return access.failures().of(stopped.failure(), Optional.of(table.table()));
  }

  private static Changes changes(OpenTable table) {
    return new Changes(table.table(), new WrittenRow.Writer(table.table(), table.values()));
  }

  @Override
  public void close() {
    access.close();
  }
}

package dev.backplane.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.BatchPutStore;
import dev.backplane.spi.CheckableStore;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.TransactionalStore;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A store that keeps the contract, but for at most one planted defect. */
final class ReferenceStore
    implements CheckableStore, CountableStore, BatchGetStore, BatchPutStore, TransactionalStore {
  private final Defect defect;
  private final String idField;
  private final Mangling mangling;
  private final ReferenceLists lists;
  private final ReferenceBatches batches;
  private final ReferenceBatchPuts puts;
  private final ReferenceTransactions transactions;
  private final Map<String, Item> items = new LinkedHashMap<>();

  ReferenceStore(Defect defect, String idField) {
    this.defect = defect;
    this.idField = idField;
    this.mangling = new Mangling(defect);
    this.lists = new ReferenceLists(defect, idField);
    this.batches = new ReferenceBatches(defect, this::get);
    this.puts = new ReferenceBatchPuts(defect, this);
    this.transactions = new ReferenceTransactions(defect, this);
  }

  @Override
  public Optional<Item> get(String id) {
    Item item = current(mangling.id(id));
    if (item == null) {
      return defect == Defect.MISSING_IS_NULL ? null : Optional.empty();
    }
    return switch (defect) {
      case VERSION_OF_EACH_READ ->
          Optional.of(new Item(item.id(), UUID.randomUUID().toString(), item.body()));
      case GET_LOSES_A_FIELD ->
          Optional.of(new Item(item.id(), item.version(), item.body().without("half")));
      default -> Optional.of(item);
    };
  }

  @Override
  public void check() {
    if (defect == Defect.CHECK_FAILS) {
      throw new StoreException(StoreException.Reason.UNAVAILABLE, "no such table");
    }
    if (defect == Defect.CHECK_WRITES) {
      create(JsonObject.empty());
    }
  }

  @Override
  public Page list(Query query) {
    return ReferenceWork.of(defect, lists.page(snapshot(), query));
  }

  @Override
  public List<Item> getAll(Set<String> ids) {
    return batches.getAll(ids);
  }

  @Override
  public Map<String, PutOutcome> putAll(Map<String, JsonObject> bodies) {
    return puts.putAll(bodies);
  }

  @Override
  public int mostWrites() {
    return defect == Defect.ALL_OF_NONE ? 0 : TransactionalStore.super.mostWrites();
  }

  @Override
  public WriteAllResult writeAll(List<Write> writes) {
    return transactions.writeAll(writes);
  }

  @Override
  public OptionalLong estimate(Filter filter) {
    return switch (defect) {
      case ESTIMATE_NEGATIVE -> OptionalLong.of(-1);
      case ESTIMATE_FAILS -> throw new IllegalStateException("no statistics");
      default -> CountableStore.super.estimate(filter);
    };
  }

  @Override
  public OptionalLong count(Filter filter) {
    return lists.count(snapshot(), filter);
  }

  @Override
  public PutResult put(String asked, JsonObject body, Precondition precondition) {
    requireHeld(body);
    String id = mangling.id(asked);
    if (defect == Defect.WRITES_IN_TWO_STEPS && current(id) != null) {
      replace(id, item(id, current(id).body().with("left", body.get("left").orElseThrow())));
      pause();
    }
    if (defect == Defect.PUT_NOT_ATOMIC) {
      Item before = current(id);
      if (!holds(precondition, before)) {
        return new PutResult.PreconditionFailed(Optional.ofNullable(before));
      }
      pause();
      return write(id, body);
    }
    synchronized (items) {
      Item before = current(id);
      if (holds(precondition, before)) {
        return write(id, body);
      }
      if (defect == Defect.REFUSED_PUT_WRITES) {
        write(id, body);
      }
      return new PutResult.PreconditionFailed(
          switch (defect) {
            case CURRENT_IS_EMPTY -> Optional.empty();
            case CURRENT_IS_THE_NEW_ONE -> Optional.of(item(id, body));
            default -> Optional.ofNullable(before);
          });
    }
  }

  /** One of the limits that a store may have. */
  void requireHeld(JsonObject body) {
    if (body.get("v").orElse(JsonNull.NULL) instanceof JsonNumber number
        && Math.abs(number.value().scale()) > 1_000) {
      throw new StoreException(StoreException.Reason.INVALID, "\"v\" is out of range.");
    }
  }

  PutResult write(String id, JsonObject body) {
    synchronized (items) {
      Item before = current(id);
      JsonObject whole = body;
      if (defect == Defect.PUT_MERGES && before != null) {
        whole = JsonObject.builder().putAll(before.body()).putAll(body).build();
      }
      if (defect == Defect.PUT_LOSES_ID_TEXT && before != null) {
        whole = whole.with(idField, JsonNull.NULL);
      }
      Item item = item(id, withId(id, mangling.body(whole), before));
      if (defect == Defect.REPLACED_MOVES_TO_THE_END) {
        items.remove(id);
      }
      if (defect == Defect.PUT_TOUCHES_OTHERS) {
        items.replaceAll((other, old) -> item(other, old.body().with("touched", JsonNull.NULL)));
      }
      replace(id, item);
      Item answer =
          defect == Defect.PUT_ANSWERS_ANOTHER_VERSION
              ? new Item(id, item.version() + "-", item.body())
              : item;
      boolean created =
          before == null
              ? defect != Defect.PUT_ALWAYS_REPLACED
              : defect == Defect.PUT_ALWAYS_CREATED;
      return created ? new PutResult.Created(answer) : new PutResult.Replaced(answer);
    }
  }

  @Override
  public DeleteResult delete(String asked, Precondition precondition) {
    String id = mangling.id(asked);
    if (defect == Defect.DELETE_NOT_ATOMIC) {
      Item before = current(id);
      pause();
      return remove(id, before);
    }
    synchronized (items) {
      Item before = current(id);
      if (before != null
          && defect != Defect.DELETE_PRECONDITION_IGNORED
          && (!holds(precondition, before)
              || (defect == Defect.DELETE_MATCHES_NEVER
                  && precondition instanceof Precondition.Matches))) {
        return new DeleteResult.PreconditionFailed(before);
      }
      if (before == null && defect == Defect.DELETE_OF_MISSING_THROWS) {
        throw new IllegalStateException("no such item");
      }
      return remove(id, before);
    }
  }

  private DeleteResult remove(String id, Item before) {
    if (before == null) {
      return defect == Defect.DELETE_OF_MISSING_IS_DELETED
          ? new DeleteResult.Deleted(item(id, JsonObject.empty()))
          : new DeleteResult.Missing();
    }
    if (defect != Defect.DELETE_KEEPS) {
      replace(id, null);
    }
    return new DeleteResult.Deleted(before);
  }

  @Override
  public Item create(JsonObject body) {
    if (defect == Defect.CREATE_REPEATS_ID || defect == Defect.CREATE_NOT_ATOMIC) {
      String id = defect == Defect.CREATE_REPEATS_ID ? "new" : "new-" + snapshot().size();
      pause();
      write(id, body);
      return current(id);
    }
    if (defect == Defect.CREATE_CHOOSES_OTHER_IDS) {
      String id = "new-" + UUID.randomUUID();
      write(id, body);
      return current(id);
    }
    return TransactionalStore.super.create(body);
  }

  boolean holds(Precondition precondition, Item before) {
    return switch (precondition) {
      case Precondition.None none -> true;
      case Precondition.Absent absent -> before == null || defect == Defect.ABSENT_IGNORED;
      case Precondition.Exists exists -> before != null || defect == Defect.EXISTS_IGNORED;
      case Precondition.Matches matches ->
          switch (defect) {
            case MATCHES_IGNORED -> before != null;
            case MATCHES_NEVER -> false;
            case MATCHES_CREATES -> before == null || before.version().equals(matches.version());
            default -> before != null && before.version().equals(matches.version());
          };
    };
  }

  private JsonObject withId(String id, JsonObject body, Item before) {
    if (defect == Defect.FILTER_SEES_NO_ID) {
      return body.without(idField);
    }
    if (defect == Defect.ID_TYPE_LOST) {
      return body.with(idField, new JsonString(id));
    }
    if (body.get(idField).isPresent() || (defect == Defect.ID_FIELD_LOST && before != null)) {
      return body;
    }
    return body.with(
        idField,
        Optional.ofNullable(before)
            .flatMap(item -> item.body().get(idField))
            .orElse(new JsonString(id)));
  }

  private Item item(String id, JsonObject body) {
    byte[] content = new StrictJson().write(body);
    String version =
        switch (defect) {
          case VERSION_CONSTANT -> "1";
          case VERSION_IS_LENGTH -> "" + content.length;
          case VERSION_COUNTS_ANEW -> {
            Item before = current(id);
            yield before == null ? "1" : "" + (Integer.parseInt(before.version()) + 1);
          }
          default -> UUID.nameUUIDFromBytes((id + new String(content, UTF_8)).getBytes(UTF_8)) + "";
        };
    return new Item(id, version, body);
  }

  Item current(String id) {
    synchronized (items) {
      return items.get(id);
    }
  }

  private void replace(String id, Item item) {
    synchronized (items) {
      if (item == null) {
        items.remove(id);
      } else {
        items.put(id, item);
      }
    }
  }

  private List<Item> snapshot() {
    synchronized (items) {
      return new ArrayList<>(items.values());
    }
  }

  Object lock() {
    return items;
  }

  static void pauseIf(boolean slow) {
    if (slow) {
      pause();
    }
  }

  /** Makes the moment longer in which another thread may come between. */
  private static void pause() {
    LockSupport.parkNanos(3_000_000);
  }
}

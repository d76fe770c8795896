package com.example.first;

import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A store that does all that the first SPI let a store do, and switches over all its types. */
final class FirstStore implements WritableStore, CountableStore {
  private final Map<String, Item> items = new TreeMap<>();
  private final String resource;
  private final String idField;
  private final JsonCodec json;
  private final long most;
  private long writes;

  FirstStore(String resource, String idField, JsonCodec json, long most) {
    this.resource = resource;
    this.idField = idField;
    this.json = json;
    this.most = most;
  }

  @Override
  public synchronized Optional<Item> get(String id) {
    return Optional.ofNullable(items.get(id));
  }

  @Override
  public synchronized Page list(Query query) {
    Comparator<Item> order = Order.comparator(query.order());
    Optional<Item> last = query.cursor().map(this::lastOf);
    List<Item> rest =
        items.values().stream()
            .filter(item -> last.isEmpty() || order.compare(item, last.get()) > 0)
            .filter(item -> matches(query.filter(), item.body()))
            .sorted(order)
            .toList();
    if (rest.size() <= query.limit()) {
      return Page.last(rest);
    }
    List<Item> page = rest.subList(0, query.limit());
    return new Page(page, Optional.of(cursorAfter(page.getLast())));
  }

  /** Every kind of filter that there was; what compares, the SPI compares. */
  private static boolean matches(Filter filter, JsonObject body) {
    return switch (filter) {
      case Filter.And and -> and.terms().stream().allMatch(term -> matches(term, body));
      case Filter.Or or -> or.terms().stream().anyMatch(term -> matches(term, body));
      case Filter.Not not -> !matches(not.term(), body);
      case Filter.Search search -> search.test(body);
      case Filter.Comparison comparison ->
          switch (comparison.operator()) {
            case EQ, NE, IN, NIN -> comparison.test(body);
            case GT, GTE, LT, LTE, BETWEEN -> comparison.test(body);
            default -> comparison.test(body); // operators may become more
          };
    };
  }

  private String cursorAfter(Item item) {
    JsonObject position =
        JsonObject.builder().put("id", new JsonString(item.id())).put("body", item.body()).build();
    return Base64.getUrlEncoder().encodeToString(json.write(position));
  }

  private Item lastOf(String cursor) {
    try {
      JsonObject position = (JsonObject) json.read(Base64.getUrlDecoder().decode(cursor));
      String id = position.get("id").flatMap(JsonValue::text).orElseThrow();
      return new Item(id, "cursor", (JsonObject) position.get("body").orElseThrow());
    } catch (IllegalArgumentException
        | JsonException
        | ClassCastException
        | NoSuchElementException made) {
      throw new StoreException(
          StoreException.Reason.INVALID, "The cursor is not one of " + resource + ".", made);
    }
  }

  @Override
  public synchronized OptionalLong count(Filter filter) {
    return OptionalLong.of(
        items.values().stream().filter(item -> matches(filter, item.body())).count());
  }

  @Override
  public synchronized PutResult put(String id, JsonObject body, Precondition precondition) {
    Optional<Item> before = get(id);
    if (!holds(precondition, before)) {
      return new PutResult.PreconditionFailed(before);
    }
    if (before.isEmpty() && items.size() >= most) {
      throw new StoreException(StoreException.Reason.CONFLICT, resource + " is full.");
    }
    JsonObject whole =
        body.get(idField).isPresent()
            ? body
            : body.with(
                idField,
                before.flatMap(item -> item.body().get(idField)).orElse(new JsonString(id)));
    Item item = new Item(id, ++writes + "-" + weight(whole), whole);
    items.put(id, item);
    return before.isEmpty() ? new PutResult.Created(item) : new PutResult.Replaced(item);
  }

  @Override
  public synchronized DeleteResult delete(String id, Precondition precondition) {
    Optional<Item> before = get(id);
    if (before.isEmpty()) {
      return new DeleteResult.Missing();
    }
    if (!holds(precondition, before)) {
      return new DeleteResult.PreconditionFailed(before.get());
    }
    items.remove(id);
    return new DeleteResult.Deleted(before.get());
  }

  private static boolean holds(Precondition precondition, Optional<Item> before) {
    return switch (precondition) {
      case Precondition.None none -> true;
      case Precondition.Absent absent -> before.isEmpty();
      case Precondition.Exists exists -> before.isPresent();
      case Precondition.Matches matches ->
          before.isPresent() && before.get().version().equals(matches.version());
    };
  }

  /** How many values there are in a value: only there to meet every kind of it. */
  private static int weight(JsonValue value) {
    return switch (value) {
      case JsonNull none -> 1;
      case JsonBoolean bool -> 1;
      case JsonNumber number -> 1;
      case JsonString text -> 1;
      case JsonArray array -> array.elements().stream().mapToInt(FirstStore::weight).sum() + 1;
      case JsonObject object ->
          new ArrayList<>(object.members().values()).stream().mapToInt(FirstStore::weight).sum() + 1;
    };
  }
}

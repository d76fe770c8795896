package dev.backplane.core.http;

import dev.backplane.core.mapping.Relation;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import dev.backplane.spi.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Follows relations: puts the items that others lead to into their bodies, with one read for each
 * relation, however many items there are. For one request on one thread.
 */
final class RelatedItems {
  private RelatedItems() {}

  /** The bodies of items as a client sees them, with what the expansions ask for. */
  static List<JsonObject> bodies(
      ServedResource resource, List<Item> items, List<Expansion> expansions) {
    List<JsonObject> bodies = new ArrayList<>(items.size());
    items.forEach(item -> bodies.add(resource.body(item)));
    if (items.isEmpty()) {
      return bodies;
    }
    for (Expansion expansion : expansions) {
      List<JsonValue> values =
          switch (expansion.relation()) {
            case Relation.ToOne one -> toOne(one, expansion, bodies);
            case Relation.ToMany many -> toMany(many, expansion, items);
          };
      for (int i = 0; i < bodies.size(); i++) {
        bodies.set(i, bodies.get(i).with(expansion.relation().name(), values.get(i)));
      }
    }
    return bodies;
  }

  /** The id that a to-one relation leads to; empty where it leads nowhere. */
  static Optional<String> idIn(JsonObject body, FieldPath field) {
    Optional<JsonValue> value = field.find(body);
    if (value.isPresent()
        && (value.get() instanceof JsonString || value.get() instanceof JsonNumber)) {
      return value.get().text().filter(Ids::isId);
    }
    return Optional.empty();
  }

  private static List<JsonValue> toOne(
      Relation.ToOne relation, Expansion expansion, List<JsonObject> bodies) {
    List<Optional<String>> ids = bodies.stream().map(body -> idIn(body, relation.field())).toList();
    Set<String> distinct = new LinkedHashSet<>();
    ids.forEach(id -> id.ifPresent(distinct::add));
    ServedResource target = expansion.target();
    List<Item> found = reading(relation, () -> getAll(target, distinct));
    List<JsonObject> related = bodies(target, found, expansion.nested());
    Map<String, JsonValue> byId = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      byId.put(found.get(i).id(), related.get(i));
    }
    return ids.stream().map(id -> id.map(byId::get).orElse(JsonNull.NULL)).toList();
  }

  /** Reads as many at once as the target lets a client ask for. */
  private static List<Item> getAll(ServedResource target, Set<String> ids) {
    List<Item> found = new ArrayList<>(ids.size());
    List<String> all = List.copyOf(ids);
    int most = target.mapping().lists().maxPageSize();
    for (int from = 0; from < all.size(); from += most) {
      List<String> part = all.subList(from, Math.min(from + most, all.size()));
      found.addAll(target.getAll(new LinkedHashSet<>(part)));
    }
    return found;
  }

  private static List<JsonValue> toMany(
      Relation.ToMany relation, Expansion expansion, List<Item> items) {
    Map<String, List<JsonValue>> byParent = new LinkedHashMap<>();
    items.forEach(item -> byParent.put(item.id(), new ArrayList<>()));
    ServedResource target = expansion.target();
    Filter filter = leadsTo(relation, List.copyOf(byParent.keySet()));
    List<Item> found =
        reading(
            relation,
            () -> new ListScan(target, ListRequest.all(filter)).read(0, Integer.MAX_VALUE));
    List<JsonObject> related = bodies(target, found, expansion.nested());
    for (int i = 0; i < found.size(); i++) {
      parent(relation, target.body(found.get(i)), byParent).add(related.get(i));
    }
    return items.stream()
        .<JsonValue>map(item -> new JsonArray(byParent.getOrDefault(item.id(), List.of())))
        .toList();
  }

  /** The items that a to-many relation leads to, from items of these ids. */
  static Filter leadsTo(Relation.ToMany relation, List<String> ids) {
    Operator operator = ids.size() == 1 ? Operator.EQ : Operator.IN;
    return new Filter.Comparison(relation.foreignField(), operator, ids);
  }

  private static List<JsonValue> parent(
      Relation.ToMany relation, JsonObject body, Map<String, List<JsonValue>> byParent) {
    String text = relation.foreignField().find(body).flatMap(JsonValue::text).orElse("");
    List<JsonValue> children = byParent.get(text);
    if (children != null) {
      return children;
    }
    // a number may be written in another way than the id that it is equal to
    for (var entry : byParent.entrySet()) {
      if (leadsTo(relation, List.of(entry.getKey())).test(body)) {
        return entry.getValue();
      }
    }
    throw new IllegalStateException("an item matched no id of the filter that it matches");
  }

  /** Says which relation it was where its backend fails. */
  private static <T> T reading(Relation relation, Supplier<T> read) {
    try {
      return read.get();
    } catch (StoreException failure) {
      throw new StoreException(
          failure.reason(),
          "The relation \"" + relation.name() + "\" could not be read: " + failure.getMessage(),
          failure);
    } catch (HttpProblem problem) {
      throw new HttpProblem(
          problem.status(),
          "The relation \"" + relation.name() + "\" cannot be followed here: " + problem.detail(),
          problem.headers());
    }
  }
}

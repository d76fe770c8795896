package dev.backplane.core.http;

import dev.backplane.core.http.Policy.Rights;
import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.core.plugin.OpenStore;
import dev.backplane.core.schema.JsonSchema;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A resource as it is served: what the mapping says of it, and the store that answers. */
public final class ServedResource {
  /** Where a list query may be posted; an id like any other for every other method. */
  static final String QUERY = "_query";

  /** As many sets of roles as are kept: rules that name nine roles have more. */
  private static final int MOST_VIEWS = 256;

  private final ResourceMapping mapping;
  private final OpenStore store;
  private final Optional<JsonSchema> schema;
  private final Bodies bodies;
  private final SearchedStore searched;
  private final ServedMethods methods;
  private final Optional<Policy> policy;
  private final Rights rights;
  private final Rows rows;

  /** The resource as callers see it, by those of their roles that count. */
  private final Map<Set<String>, ServedResource> views;

  /**
   * Joins the two; which methods are served follows from them, once.
   *
   * @param mapping what the mapping says
   * @param store the open store
   */
  public ServedResource(ResourceMapping mapping, OpenStore store) {
    this(mapping, store, Optional.empty());
  }

  /**
   * Joins the two with a schema.
   *
   * @param mapping what the mapping says
   * @param store the open store
   * @param schema what the resource's items are like; empty: anything goes
   */
  public ServedResource(ResourceMapping mapping, OpenStore store, Optional<JsonSchema> schema) {
    this(mapping, store, schema, Optional.empty());
  }

  /**
   * Joins the two with a schema and with rules.
   *
   * @param mapping what the mapping says
   * @param store the open store
   * @param schema what the resource's items are like; empty: anything goes
   * @param access who may do what; empty: everybody everything
   */
  public ServedResource(
      ResourceMapping mapping,
      OpenStore store,
      Optional<JsonSchema> schema,
      Optional<AccessRules> access) {
    this.mapping = mapping;
    this.schema = schema;
    this.bodies = new Bodies(mapping, schema, List.of());
    this.store = store;
    this.methods = ServedMethods.of(this::serves);
    this.policy = access.map(Policy::of);
    this.rights = Rights.ALL;
    this.rows = Rows.ALL;
    this.views = new ConcurrentHashMap<>();
    this.searched = new SearchedStore(store, bodies.hidden(), rows);
  }

  /** The same resource for callers with certain rights. */
  private ServedResource(ServedResource whole, Rights rights) {
    this(
        whole,
        rights,
        Rows.ALL,
        rights.unreadable().isEmpty()
            ? whole.bodies
            : new Bodies(whole.mapping, whole.schema, rights.unreadable()));
  }

  private ServedResource(ServedResource whole, Rights rights, Rows rows, Bodies bodies) {
    this.mapping = whole.mapping;
    this.schema = whole.schema;
    this.store = whole.store;
    this.methods = whole.methods;
    this.policy = whole.policy;
    this.views = whole.views;
    this.bodies = bodies;
    this.rights = rights;
    this.rows = rows;
    this.searched = new SearchedStore(store, bodies.hidden(), rows);
  }

  /**
   * The resource as a caller gets to see it: what they may not do is denied, and what they may not
   * see is not there.
   */
  ServedResource as(Caller caller) {
    if (policy.isEmpty()) {
      return this;
    }
    Set<String> roles = policy.get().counting(caller);
    ServedResource view = views.get(roles);
    if (view == null) {
      view = new ServedResource(this, policy.get().rights(roles, bodies.readOnly()));
      if (views.size() < MOST_VIEWS) {
        views.put(roles, view);
      }
    }
    Rows visible = policy.get().rows(caller);
    return visible.equals(Rows.ALL)
        ? view
        : new ServedResource(view, view.rights, visible, view.bodies);
  }

  /** What the caller may do. */
  Rights rights() {
    return rights;
  }

  /** Whether the caller may do this. */
  boolean permits(Operation operation) {
    return rights.operations().contains(operation);
  }

  /** Refuses what the caller may do with no item at all. */
  void require(Operation... anyOf) {
    for (Operation operation : anyOf) {
      if (permits(operation)) {
        return;
      }
    }
    throw HttpProblem.denied(
        "This caller may not "
            + Arrays.stream(anyOf).map(Operation::word).collect(Collectors.joining(" or "))
            + " here.");
  }

  /** Which items are there for the caller. */
  Rows rows() {
    return rows;
  }

  /** Whether somebody else may get to see more of the resource, or less. */
  boolean isRestricted() {
    return policy.isPresent();
  }

  /** The item, if it is there for the caller. */
  Optional<Item> get(String id) {
    return store.get(id).filter(this::maySee);
  }

  /** Those of the items that are there for the caller, in the order of the ids. */
  List<Item> getAll(Set<String> ids) {
    List<Item> items = store.getAll(ids);
    return rows.restrict() ? items.stream().filter(this::maySee).toList() : items;
  }

  /** Whether the item is there for the caller. */
  boolean maySee(Item item) {
    return !rows.restrict() || rows.maySee(bodies.whole(item));
  }

  /** Whether entity tags are the versions of the store, which can test them by itself. */
  boolean tagsVersions() {
    return permits(Operation.GET) && !bodies.hidden().any();
  }

  /**
   * What an entity tag says of an item: its version, or where it has more than the caller sees, the
   * state of that. Empty for who may not get it, and so cannot know.
   */
  Optional<String> state(Item item) {
    if (!permits(Operation.GET)) {
      return Optional.empty();
    }
    return Optional.of(tagsVersions() ? item.version() : JsonHash.of(body(item)));
  }

  /** Whether the caller, who has written the item, may get it back. */
  boolean mayShow(Item item) {
    return permits(Operation.GET) && maySee(item);
  }

  /**
   * What the mapping says of the resource.
   *
   * @return the entry, complete
   */
  public ResourceMapping mapping() {
    return mapping;
  }

  /**
   * The store that answers.
   *
   * @return the open store
   */
  public OpenStore store() {
    return store;
  }

  /**
   * What the resource's items are like.
   *
   * @return the schema; empty when the mapping names none
   */
  public Optional<JsonSchema> schema() {
    return schema;
  }

  String name() {
    return mapping.name();
  }

  /**
   * The methods of the list.
   *
   * @return as {@code Allow} names them
   */
  public List<String> listMethods() {
    return methods.list();
  }

  /**
   * The methods of an item.
   *
   * @return as {@code Allow} names them
   */
  public List<String> itemMethods() {
    return methods.item();
  }

  /** The methods of the item of this id, which may be the name of an action besides. */
  List<String> itemMethods(String id) {
    boolean action =
        (id.equals(QUERY) && serves(Operation.LIST)) || (id.equals(Bulk.NAME) && writes());
    return action ? methods.action() : methods.item();
  }

  /** The fields that a query may name. */
  QueryFields queryFields() {
    return bodies.queryFields();
  }

  boolean serves(Operation operation) {
    boolean reads = operation == Operation.LIST || operation == Operation.GET;
    return (reads || store.isWritable()) && !mapping.disabled().contains(operation);
  }

  /** Whether there is any write that clients may ask for. */
  boolean writes() {
    return serves(Operation.CREATE)
        || serves(Operation.REPLACE)
        || serves(Operation.UPDATE)
        || serves(Operation.DELETE);
  }

  /** The store for lists. */
  SearchedStore searched() {
    return searched;
  }

  /** What every body passes on its way in and out. */
  Bodies bodies() {
    return bodies;
  }

  /** The body as the client sees it. */
  JsonObject body(Item item) {
    return bodies.toSend(item);
  }

  void requireServed(Operation operation, String method) {
    if (!serves(operation)) {
      throw HttpProblem.notAllowed(method, itemMethods());
    }
    require(operation);
  }

  /** Whether {@link #toStore} has to know what is stored when an item is replaced or deleted. */
  boolean needsStored() {
    return bodies.needsStored() || !rights.unwritable().isEmpty() || rows.restrictWrites();
  }

  /** The body of an item that a patch works on. */
  JsonObject workable(Item item) {
    return rights.unwritable().workable(bodies.whole(item));
  }

  /** As {@link Bodies#toStore}, of a body that this caller would have stored. */
  JsonObject toStore(Operation operation, JsonObject body, Optional<Item> stored) {
    stored.ifPresent(this::requireWritable);
    JsonObject before = stored.map(bodies::whole).orElse(JsonObject.empty());
    JsonObject kept = rights.unwritable().keep(operation, body, before);
    // nobody may send a read-only owner, so it is filled in behind that test
    boolean late = rows.ownerField().filter(bodies::isReadOnly).isPresent();
    JsonObject checked = bodies.toStore(operation, late ? kept : rows.own(kept), stored);
    JsonObject owned = rows.own(checked);
    if (!rows.mayWrite(owned)) {
      throw HttpProblem.denied("The rules of this resource do not let this caller write that.");
    }
    return owned;
  }

  /** Refuses to change an item that the caller sees, but may not write. */
  void requireWritable(Item stored) {
    if (!rows.mayWrite(bodies.whole(stored))) {
      throw HttpProblem.denied(
          "The rules of this resource do not let this caller write this item.");
    }
  }

  /** The item with the body that a client sees. */
  Item shown(Item item) {
    JsonObject body = body(item);
    return body.equals(item.body()) ? item : new Item(item.id(), item.version(), body);
  }

  /** The id that a body names, as text. */
  Optional<String> idIn(JsonObject body) {
    Optional<JsonValue> id = body.get(mapping.idField());
    if (id.isEmpty()) {
      return Optional.empty();
    }
    boolean scalar = id.get() instanceof JsonString || id.get() instanceof JsonNumber;
    if (!scalar) {
      throw HttpProblem.badRequest("\"" + mapping.idField() + "\" should be a string or a number.");
    }
    return id.get().text();
  }
}

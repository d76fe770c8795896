package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.core.plugin.OpenStore;
import dev.backplane.core.schema.JsonSchema;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A resource as it is served: what the mapping says of it, and the store that answers. */
public final class ServedResource {
  /** Where a list query may be posted; an id like any other for every other method. */
  static final String QUERY = "_query";

  private final ResourceMapping mapping;
  private final OpenStore store;
  private final Optional<JsonSchema> schema;
  private final Bodies bodies;
  private final SearchedStore searched;
  private final List<String> listMethods;
  private final List<String> itemMethods;
  private final List<String> actionMethods;

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
    this.mapping = mapping;
    this.schema = schema;
    this.bodies = new Bodies(mapping, schema);
    this.store = store;
    this.searched = new SearchedStore(store, bodies.hidden());
    this.listMethods = methodsOfList();
    this.itemMethods = methodsOfItem();
    this.actionMethods = methodsOfAction();
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
    return listMethods;
  }

  private List<String> methodsOfList() {
    List<String> methods = new ArrayList<>();
    if (serves(Operation.LIST)) {
      methods.add("GET");
      methods.add("HEAD");
    }
    if (serves(Operation.CREATE)) {
      methods.add("POST");
    }
    methods.add("OPTIONS");
    return List.copyOf(methods);
  }

  /**
   * The methods of an item.
   *
   * @return as {@code Allow} names them
   */
  public List<String> itemMethods() {
    return itemMethods;
  }

  private List<String> methodsOfItem() {
    List<String> methods = new ArrayList<>();
    if (serves(Operation.GET)) {
      methods.add("GET");
      methods.add("HEAD");
    }
    if (serves(Operation.REPLACE) || serves(Operation.CREATE)) {
      methods.add("PUT");
    }
    if (serves(Operation.UPDATE)) {
      methods.add("PATCH");
    }
    if (serves(Operation.DELETE)) {
      methods.add("DELETE");
    }
    methods.add("OPTIONS");
    return List.copyOf(methods);
  }

  /** The methods of the item of this id, which may be the name of an action besides. */
  List<String> itemMethods(String id) {
    boolean action =
        (id.equals(QUERY) && serves(Operation.LIST)) || (id.equals(Bulk.NAME) && writes());
    return action ? actionMethods : itemMethods;
  }

  private List<String> methodsOfAction() {
    List<String> methods = new ArrayList<>(itemMethods);
    methods.add(methods.indexOf("OPTIONS"), "POST");
    return List.copyOf(methods);
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

package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.core.mapping.UnknownFields;
import dev.backplane.core.schema.JsonSchema;
import dev.backplane.core.schema.Shape;
import dev.backplane.core.schema.Violation;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The two gates of a resource: every body that is about to be stored and every item that is about
 * to be sent passes here, whichever request it belongs to. Safe for use by many threads.
 */
final class Bodies {
  private final String idField;
  private final UnknownFields unknownFields;
  private final Optional<JsonSchema> schema;
  private final Shape shape;
  private final boolean plain;
  private final HiddenFields hidden;
  private final QueryFields queryFields;

  /**
   * The gates as the mapping and the schema say.
   *
   * @param mapping the resource
   * @param schema the resource's schema, if it has one
   * @param unreadable further fields that are not to be seen
   */
  Bodies(ResourceMapping mapping, Optional<JsonSchema> schema, List<FieldPath> unreadable) {
    this.idField = mapping.idField();
    this.unknownFields = mapping.bodies().unknownFields();
    this.schema = schema;
    List<FieldPath> writeOnly = new ArrayList<>(mapping.bodies().writeOnly());
    writeOnly.addAll(unreadable);
    this.shape = Shape.of(schema, mapping.bodies().readOnly(), writeOnly);
    this.plain = schema.isEmpty() && !shape.keeps();
    this.hidden = new HiddenFields(shape);
    this.queryFields = readQueryFields();
  }

  /**
   * Whether {@link #toStore} has to know what is stored when an item is replaced. It costs a read
   * that a PUT does without otherwise.
   */
  boolean needsStored() {
    return shape.keeps();
  }

  /** The fields that no client may set, but for the id; of those inside of lists none. */
  Set<FieldPath> readOnly() {
    Set<FieldPath> fields = new HashSet<>(shape.readOnlyPaths());
    fields.remove(new FieldPath(List.of(idField)));
    return fields;
  }

  /** Whether no client may set a member of the item. */
  boolean isReadOnly(String name) {
    return shape.field(name).filter(Shape::isReadOnly).isPresent();
  }

  /**
   * Makes of a body what is stored, or refuses it. Of a patch, this is the item as the patch leaves
   * it.
   *
   * @param operation CREATE, REPLACE or UPDATE
   * @param body the whole new body; of a create or replace, it may lack the id field
   * @param stored the item as it is; empty for a create, and for a replace unless {@link
   *     #needsStored}
   * @return the body for the store
   */
  JsonObject toStore(Operation operation, JsonObject body, Optional<Item> stored) {
    if (plain) {
      return body;
    }
    IncomingBody incoming = new IncomingBody(operation, idField, unknownFields);
    JsonObject checked = incoming.read(body, stored.map(this::whole), shape);
    List<Violation> violations = new ArrayList<>(incoming.violations());
    schema.ifPresent(
        rules -> violations.addAll(rules.check(checked, this::counts, InvalidBody.MOST)));
    if (!violations.isEmpty()) {
      throw InvalidBody.problem(violations);
    }
    return checked;
  }

  /**
   * The id is the store's to choose and the path's to name, so it may be missing and may always be
   * there; and nobody can send what nobody may set.
   */
  private boolean counts(Violation violation) {
    boolean id = violation.pointer().equals(Violation.member("", idField));
    return switch (violation.kind()) {
      case MISSING -> !id && !shape.at(violation.pointer()).filter(Shape::isReadOnly).isPresent();
      case UNKNOWN -> !id;
      case WRONG -> true;
    };
  }

  /** The body as the client sees it. */
  JsonObject toSend(Item item) {
    return hidden.without(whole(item));
  }

  /** The body with the id, whether or not the store keeps it there. */
  JsonObject whole(Item item) {
    if (item.body().get(idField).isPresent()) {
      return item.body();
    }
    return JsonObject.builder().put(idField, new JsonString(item.id())).putAll(item.body()).build();
  }

  /** What no client gets to see. */
  HiddenFields hidden() {
    return hidden;
  }

  /** The fields that a query may name. */
  QueryFields queryFields() {
    return queryFields;
  }

  private QueryFields readQueryFields() {
    if (schema.isEmpty()) {
      return QueryFields.ANY;
    }
    boolean strict = unknownFields != UnknownFields.ALLOW || shape.refusesOthers();
    Set<FieldPath> declared = new HashSet<>(shape.paths());
    declared.add(new FieldPath(List.of(idField)));
    return new QueryFields(declared, !strict || !shape.isClosed());
  }
}

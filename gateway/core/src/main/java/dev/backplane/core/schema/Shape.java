package dev.backplane.core.schema;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is said of the fields of a value, by all schemas that are about it: its own, those that it
 * refers to, and those that hold for some values only. A field counts as known, read-only or
 * write-only when any of them says so; a default counts where a schema always holds. Safe for use
 * by many threads.
 */
public final class Shape {
  /** What was found out, once. */
  private enum Answer {
    YES,
    NO
  }

  private final Shapes shapes;
  private final List<SchemaPart> parts;
  private final boolean readOnly;
  private final boolean writeOnly;
  private final Map<String, Optional<Shape>> fields = new ConcurrentHashMap<>();
  private final Map<Integer, Shape> elements = new ConcurrentHashMap<>();
  private final Set<String> names;
  private final boolean open;
  private final int prefix;
  private final Map<String, JsonValue> defaults;
  private volatile @Nullable Answer hides;
  private volatile @Nullable Answer keeps;

  Shape(Shapes shapes, List<SchemaPart> parts) {
    this.shapes = shapes;
    this.parts = List.copyOf(parts);
    this.readOnly = parts.stream().anyMatch(part -> part.says("readOnly"));
    this.writeOnly = parts.stream().anyMatch(part -> part.says("writeOnly"));
    this.names = readNames();
    this.open =
        parts.stream().anyMatch(SchemaPart::allowsOthers)
            || parts.stream().noneMatch(SchemaPart::listsFields);
    this.prefix = parts.stream().mapToInt(part -> part.prefix().size()).max().orElse(0);
    this.defaults = readDefaults();
  }

  /**
   * The shape of a resource's items.
   *
   * @param schema the schema, if there is one
   * @param readOnly the fields that no client may set, besides those of the schema
   * @param writeOnly the fields that no client gets to see, besides those of the schema
   * @return the shape
   */
  public static Shape of(
      Optional<JsonSchema> schema, List<FieldPath> readOnly, List<FieldPath> writeOnly) {
    // without a schema nothing of it is touched: its classes bring the validator
    SchemaDocuments documents = schema.isPresent() ? schema.get().documents() : null;
    return new Shapes(Optional.ofNullable(documents)).root(readOnly, writeOnly);
  }

  /**
   * What makes no sense.
   *
   * @return whether something in the value can neither be set nor be seen
   */
  public boolean isContradictory() {
    return ShapeWalk.reachable(this).stream().anyMatch(each -> each.readOnly && each.writeOnly);
  }

  /**
   * Whether no client may set the value.
   *
   * @return whether a schema or the mapping says so
   */
  public boolean isReadOnly() {
    return readOnly;
  }

  /**
   * Whether no client gets to see the value.
   *
   * @return whether a schema or the mapping says so
   */
  public boolean isWriteOnly() {
    return writeOnly;
  }

  /**
   * Whether anything in the value is write-only, or it is so itself.
   *
   * @return whether there is something to hide
   */
  public boolean hides() {
    Answer known = hides;
    if (known == null) {
      known =
          ShapeWalk.reachable(this).stream().anyMatch(Shape::isWriteOnly) ? Answer.YES : Answer.NO;
      hides = known;
    }
    return known == Answer.YES;
  }

  /**
   * Whether anything in the value is read-only or write-only, or it is so itself.
   *
   * @return whether a write has to know what was stored before
   */
  public boolean keeps() {
    Answer known = keeps;
    if (known == null) {
      boolean any =
          ShapeWalk.reachable(this).stream().anyMatch(each -> each.readOnly || each.writeOnly);
      known = any ? Answer.YES : Answer.NO;
      keeps = known;
    }
    return known == Answer.YES;
  }

  /**
   * Whether a schema names fields and leaves no room for others.
   *
   * @return whether {@link #field} knows every field that may be there by name
   */
  public boolean isClosed() {
    return !open && parts.stream().noneMatch(part -> part.has("patternProperties"));
  }

  /**
   * Whether a schema that always holds refuses the fields that are not named.
   *
   * @return whether such a field cannot be stored
   */
  public boolean refusesOthers() {
    return parts.stream().filter(SchemaPart::always).anyMatch(SchemaPart::refusesOthers);
  }

  /**
   * The fields that are named.
   *
   * @return their names, in the order of the schemas
   */
  public Set<String> names() {
    return names;
  }

  /**
   * Whether a field may be there as far as its name goes: it is named, its name matches a pattern,
   * or there is room for others. An object of which no field is named has room for any.
   *
   * @param name the field
   * @return whether it is known
   */
  public boolean knows(String name) {
    return open || field(name).isPresent();
  }

  /**
   * What is said of a field.
   *
   * @param name the field
   * @return its shape; empty when nothing is said of it
   */
  public Optional<Shape> field(String name) {
    Optional<Shape> known = fields.get(name);
    if (known != null) {
      return known;
    }
    List<SchemaPart> found = new ArrayList<>();
    boolean declared = false;
    for (SchemaPart part : parts) {
      List<JsonValue> schemas = part.field(name, shapes::matches);
      declared |= !schemas.isEmpty();
      schemas.forEach(schema -> add(found, schema, part.always()));
    }
    Optional<Shape> shape = declared ? Optional.of(shapes.of(found)) : Optional.empty();
    if (names.contains(name)) {
      fields.put(name, shape); // and no other name: there are as many as clients think of
    }
    return shape;
  }

  /**
   * What is said of what stands at a place.
   *
   * @param pointer the place (RFC 6901)
   * @return its shape; empty when nothing is said of it
   */
  public Optional<Shape> at(String pointer) {
    Shape found = this;
    for (String escaped : pointer.split("/", -1)) {
      if (escaped.isEmpty() && found == this) {
        continue; // before the first slash
      }
      String name = escaped.replace("~1", "/").replace("~0", "~");
      Optional<Shape> inner = found.field(name);
      if (inner.isEmpty() && name.matches("[0-9]{1,9}")) {
        inner = Optional.of(found.element(Integer.parseInt(name)));
      }
      if (inner.isEmpty()) {
        return inner;
      }
      found = inner.get();
    }
    return Optional.of(found);
  }

  /**
   * The fields that clients know of, those inside of others included, where these have room for no
   * others; of schemas that refer to themselves not without end.
   *
   * @return their paths
   */
  public Set<FieldPath> paths() {
    return ShapeWalk.paths(this);
  }

  /**
   * The fields that are read-only, those inside of others included, but not those inside of lists;
   * of schemas that refer to themselves not without end.
   *
   * @return their paths
   */
  public Set<FieldPath> readOnlyPaths() {
    return ShapeWalk.readOnly(this);
  }

  /**
   * What is said of an element of a list.
   *
   * @param index its index from 0
   * @return its shape
   */
  public Shape element(int index) {
    return elements.computeIfAbsent(Math.min(index, prefix), this::readElement);
  }

  private Shape readElement(int index) {
    List<SchemaPart> found = new ArrayList<>();
    for (SchemaPart part : parts) {
      part.element(index).forEach(schema -> add(found, schema, part.always()));
    }
    return shapes.of(found);
  }

  /**
   * The values that fields have where a new item leaves them out.
   *
   * @return the defaults by field
   */
  public Map<String, JsonValue> defaults() {
    return defaults;
  }

  private Map<String, JsonValue> readDefaults() {
    Map<String, JsonValue> read = new LinkedHashMap<>();
    for (SchemaPart part : parts) {
      if (part.always()) {
        part.fields()
            .forEach((name, schema) ->
                shapes.fallback(schema).ifPresent(value -> read.putIfAbsent(name, value)));
      }
    }
    return Collections.unmodifiableMap(read);
  }

  private static void add(List<SchemaPart> found, JsonValue schema, boolean always) {
    if (schema instanceof JsonObject object) {
      found.add(new SchemaPart(object, always));
    }
  }

  private Set<String> readNames() {
    Set<String> read = new LinkedHashSet<>();
    parts.forEach(part -> read.addAll(part.fields().keySet()));
    return Collections.unmodifiableSet(read);
  }

  /** The shapes right inside of this one. */
  List<Shape> inner() {
    List<Shape> inner = new ArrayList<>();
    names.forEach(name -> field(name).ifPresent(inner::add));
    for (SchemaPart part : parts) {
      for (String keyword : List.of("patternProperties", "additionalProperties")) {
        for (JsonValue schema : SubSchemas.under(part.schema(), keyword)) {
          List<SchemaPart> found = new ArrayList<>();
          add(found, schema, part.always());
          inner.add(shapes.of(found));
        }
      }
    }
    for (int i = 0; i <= prefix; i++) {
      inner.add(element(i));
    }
    return inner;
  }
}

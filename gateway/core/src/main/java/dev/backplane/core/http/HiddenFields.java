package dev.backplane.core.http;

import dev.backplane.core.schema.Shape;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The write-only fields of a resource. They are in no answer, and no answer depends on them: what
 * can be asked in a list could be guessed letter by letter.
 */
final class HiddenFields {
  private final Shape shape;
  private final boolean any;

  HiddenFields(Shape shape) {
    this.shape = shape;
    this.any = shape.hides();
  }

  /** Whether there may be any. */
  boolean any() {
    return any;
  }

  /** A body without them. */
  JsonObject without(JsonObject body) {
    return any ? without(body, shape) : body;
  }

  private static JsonObject without(JsonObject body, Shape shape) {
    JsonObject.Builder shown = JsonObject.builder();
    body.members()
        .forEach((name, value) -> {
          Optional<Shape> field = shape.field(name).filter(Shape::hides);
          if (field.isEmpty()) {
            shown.put(name, value);
          } else if (!field.get().isWriteOnly()) {
            shown.put(name, without(value, field.get()));
          }
        });
    return shown.build();
  }

  private static JsonValue without(JsonValue value, Shape shape) {
    if (value instanceof JsonObject object) {
      return without(object, shape);
    }
    if (!(value instanceof JsonArray array)) {
      return value;
    }
    List<JsonValue> shown = new ArrayList<>(array.elements().size());
    for (int i = 0; i < array.elements().size(); i++) {
      Shape element = shape.element(i);
      if (!element.isWriteOnly()) {
        shown.add(without(array.elements().get(i), element));
      }
    }
    return new JsonArray(shown);
  }

  /** Refuses a list that goes by a hidden field. */
  void requireVisible(Filter filter, List<Order> order) {
    if (any) {
      requireVisible(filter);
      order.forEach(key -> requireVisible(key.field()));
    }
  }

  private void requireVisible(Filter filter) {
    switch (filter) {
      case Filter.And and -> and.terms().forEach(this::requireVisible);
      case Filter.Or or -> or.terms().forEach(this::requireVisible);
      case Filter.Not not -> requireVisible(not.term());
      case Filter.Comparison comparison -> requireVisible(comparison.field());
      case Filter.Search search -> {
        // finds nothing in hidden fields: see forStore
      }
    }
  }

  private void requireVisible(FieldPath path) {
    Shape inner = shape;
    for (String name : path.segments()) {
      Optional<Shape> field = inner.field(name);
      if (field.isEmpty()) {
        return;
      }
      inner = field.get();
      if (inner.isWriteOnly()) {
        throw HttpProblem.badRequest(
            "\"" + path + "\" is write-only: no list can be filtered or sorted by it.");
      }
    }
  }

  /**
   * Refuses a patch that reads a hidden field, or something that it is a part of: a copy would show
   * it, and a test would confirm a guess.
   *
   * @param tokens the place that is read, name by name (RFC 6901)
   */
  void requireVisible(List<String> tokens) {
    Shape inner = shape;
    for (String token : tokens) {
      if (inner.isWriteOnly()) {
        break;
      }
      Optional<Shape> field = inner.field(token);
      // which of the two it is, only the item knows
      if (token.matches("[0-9]{1,9}") && inner.element(Integer.parseInt(token)).hides()) {
        field = Optional.of(inner.element(Integer.parseInt(token)));
      }
      if (field.isEmpty()) {
        return;
      }
      inner = field.get();
    }
    if (inner.hides()) {
      throw new HttpProblem(
          422,
          "The patch tests, copies or moves what is write-only, or what has such a field in it.");
    }
  }

  /**
   * Whether a place is a hidden field, so that a patch may set it, but not learn whether it is
   * there.
   *
   * @param tokens the place, name by name (RFC 6901)
   * @throws HttpProblem when it is inside of one: what can be changed there tells what it is
   */
  boolean hides(List<String> tokens) {
    Shape inner = shape;
    for (String token : any ? tokens : List.<String>of()) {
      if (inner.isWriteOnly()) {
        throw new HttpProblem(
            422, "The patch changes a part of what is write-only: it can only be set whole.");
      }
      Optional<Shape> field = inner.field(token);
      if (field.isEmpty() && token.matches("[0-9]{1,9}")) {
        field = Optional.of(inner.element(Integer.parseInt(token)));
      }
      if (field.isEmpty()) {
        return false;
      }
      inner = field.get();
    }
    return inner.isWriteOnly();
  }

  /** A filter that matches at least as much, and tells a store nothing to search them for. */
  Filter forStore(Filter filter) {
    if (!any) {
      return filter;
    }
    if (!searches(filter)) {
      return filter;
    }
    List<Filter> terms = filter.conjuncts().stream().filter(term -> !searches(term)).toList();
    return terms.size() == 1 ? terms.get(0) : new Filter.And(terms);
  }

  private static boolean searches(Filter filter) {
    return switch (filter) {
      case Filter.And and -> and.terms().stream().anyMatch(HiddenFields::searches);
      case Filter.Or or -> or.terms().stream().anyMatch(HiddenFields::searches);
      case Filter.Not not -> searches(not.term());
      case Filter.Comparison comparison -> false;
      case Filter.Search search -> true;
    };
  }
}

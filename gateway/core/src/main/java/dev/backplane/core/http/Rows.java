package dev.backplane.core.http;

import dev.backplane.core.mapping.Access;
import dev.backplane.core.schema.Violation;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which items of a resource a caller gets to see: the others look as if they were not there. The
 * store is told, so that it need not read them; the gateway tests every item again. Bodies are
 * whole here: what the caller cannot read of an item decides as well. For one caller.
 */
final class Rows {
  /** Of a resource whose items are there for everybody. */
  static final Rows ALL = new Rows(Optional.empty(), Optional.empty(), Optional.empty());

  private final Optional<Owners> owners;
  private final Optional<Predicate<JsonObject>> readRule;
  private final Optional<Predicate<JsonObject>> writeRule;

  /**
   * Whose items there are.
   *
   * @param field the field that names the owner
   * @param names the owners that the caller is; none: no items at all
   */
  private record Owners(FieldPath field, List<String> names) {
    Filter filter() {
      Operator operator = names.size() == 1 ? Operator.EQ : Operator.IN;
      return new Filter.Comparison(field, operator, names);
    }

    /**
     * Tests more than the filter, for which the text 017 is equal to the number 17: nobody becomes
     * somebody else by spelling their name differently.
     */
    boolean own(JsonObject body) {
      return !names.isEmpty() && field.find(body).filter(this::isOne).isPresent();
    }

    private boolean isOne(JsonValue value) {
      return switch (value) {
        case JsonString(String text) -> names.contains(text);
        case JsonNumber number ->
            names.stream()
                .filter(Owners::isWhole)
                .anyMatch(name -> number.value().compareTo(new BigDecimal(name)) == 0);
        default -> false;
      };
    }

    /** Whether the filter says as much as {@link #own}. */
    boolean isExact() {
      return names.stream()
          .allMatch(name ->
              isWhole(name)
                  || (JsonNumber.parse(name.strip()).isEmpty()
                      && !List.of("true", "false", "null").contains(name)));
    }

    private static boolean isWhole(String name) {
      return name.length() <= 38 && name.matches("0|-?[1-9][0-9]*");
    }
  }

  private Rows(
      Optional<Owners> owners,
      Optional<Predicate<JsonObject>> readRule,
      Optional<Predicate<JsonObject>> writeRule) {
    this.owners = owners;
    this.readRule = readRule;
    this.writeRule = writeRule;
  }

  /**
   * The items that are there for a caller.
   *
   * @param ownership whose the items are
   * @param caller who asks
   * @param readRule tests what may be seen
   * @param writeRule tests what may be written
   */
  static Rows of(
      Optional<Access.Ownership> ownership,
      Caller caller,
      Optional<Predicate<JsonObject>> readRule,
      Optional<Predicate<JsonObject>> writeRule) {
    Optional<Owners> owners =
        ownership
            .filter(its -> its.except().stream().noneMatch(caller.roles()::contains))
            .map(its -> new Owners(its.field(), caller.claim(its.claim())));
    return owners.isEmpty() && readRule.isEmpty() && writeRule.isEmpty()
        ? ALL
        : new Rows(owners, readRule, writeRule);
  }

  /** Whether there may be items that the caller does not get to see. */
  boolean restrict() {
    return owners.isPresent() || readRule.isPresent();
  }

  /** Whether a write has to know the item. */
  boolean restrictWrites() {
    return restrict() || writeRule.isPresent();
  }

  /** Whether no item is there for the caller. */
  boolean isNone() {
    return owners.isPresent() && owners.get().names().isEmpty();
  }

  /** Whether {@link #and} selects what is there, and nothing else. */
  boolean isExact() {
    return readRule.isEmpty() && (owners.isEmpty() || owners.get().isExact());
  }

  /** The same filter, for a store, with what it can tell of these rows. */
  Filter and(Filter filter) {
    if (owners.isEmpty() || isNone()) {
      return filter;
    }
    List<Filter> terms = new ArrayList<>(filter.conjuncts());
    terms.add(owners.get().filter());
    return terms.size() == 1 ? terms.get(0) : new Filter.And(terms);
  }

  /** The fields that {@link #maySee} needs besides those asked for; none where it needs all. */
  List<FieldPath> and(List<FieldPath> fields) {
    if (readRule.isPresent() || fields.isEmpty()) {
      return List.of();
    }
    List<FieldPath> all = new ArrayList<>(fields);
    owners.map(Owners::field).filter(field -> !all.contains(field)).ifPresent(all::add);
    return all;
  }

  /** Whether an item is there for the caller. */
  boolean maySee(JsonObject whole) {
    return (owners.isEmpty() || owners.get().own(whole))
        && (readRule.isEmpty() || readRule.get().test(whole));
  }

  /** The field that {@link #own} fills in; empty where there is none. */
  Optional<String> ownerField() {
    return owners.map(its -> its.field().segments().get(0));
  }

  /** Whether the caller may make this of an item, or change one that is like this. */
  boolean mayWrite(JsonObject whole) {
    return writeRule.isEmpty() || writeRule.get().test(whole);
  }

  /**
   * A body that is the caller's own: the owner is filled in.
   *
   * @throws HttpProblem when it is somebody else's
   */
  JsonObject own(JsonObject body) {
    if (owners.isEmpty() || owners.get().own(body)) {
      return body;
    }
    FieldPath field = owners.get().field();
    List<String> names = owners.get().names();
    String pointer = Violation.member("", field.segments().get(0));
    if (names.isEmpty()) {
      throw HttpProblem.denied("This caller can own nothing here.");
    }
    if (field.find(body).isPresent()) {
      throw InvalidBody.problem(
          List.of(new Violation(pointer, Violation.Kind.WRONG, "names another owner")));
    }
    if (names.size() > 1) {
      throw InvalidBody.problem(
          List.of(new Violation(pointer, Violation.Kind.MISSING, "should name one of the owners")));
    }
    return body.with(field.segments().get(0), new JsonString(names.get(0)));
  }
}

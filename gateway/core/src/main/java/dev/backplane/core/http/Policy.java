package dev.backplane.core.http;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toSet;

import dev.backplane.core.mapping.Access;
import dev.backplane.core.mapping.Operation;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Who may do what with a resource. What a caller may do follows from those of their roles that the
 * rules name, so that it need be found out once for each such set. Safe for use by many threads.
 */
final class Policy {
  private final Access access;
  private final Set<String> named;
  private final Optional<BiPredicate<Caller, JsonObject>> readRule;
  private final Optional<BiPredicate<Caller, JsonObject>> writeRule;

  /**
   * What the callers who have certain roles may do.
   *
   * @param operations what they may do
   * @param unreadable the fields that they do not get to see
   * @param unwritable the fields that they may not set
   */
  record Rights(
      Set<Operation> operations, List<FieldPath> unreadable, UnwritableFields unwritable) {
    /** Of callers of a resource without rules. */
    static final Rights ALL =
        new Rights(EnumSet.allOf(Operation.class), List.of(), UnwritableFields.NONE);

    Rights {
      operations = Set.copyOf(operations);
      unreadable = List.copyOf(unreadable);
    }
  }

  Policy(
      Access access,
      Optional<BiPredicate<Caller, JsonObject>> readRule,
      Optional<BiPredicate<Caller, JsonObject>> writeRule) {
    this.access = access;
    this.readRule = readRule;
    this.writeRule = writeRule;
    this.named = new HashSet<>(access.roles().keySet());
    access
        .fields()
        .values()
        .forEach(field -> {
          field.read().ifPresent(named::addAll);
          field.write().ifPresent(named::addAll);
        });
  }

  /** The rules of a resource. */
  static Policy of(AccessRules rules) {
    return new Policy(rules.access(), rules.read(), rules.write());
  }

  /** Those of a caller's roles that the rules name: a token can bring any. */
  Set<String> counting(Caller caller) {
    Set<String> roles = new HashSet<>(caller.roles());
    roles.retainAll(named);
    return roles;
  }

  /**
   * What callers with these roles may do.
   *
   * @param roles the roles
   * @param readOnly the fields that nobody may set
   */
  Rights rights(Set<String> roles, Set<FieldPath> readOnly) {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    access
        .roles()
        .forEach((role, its) -> {
          if (roles.contains(role)) {
            operations.addAll(its);
          }
        });
    List<FieldPath> unreadable = new ArrayList<>();
    List<FieldPath> unwritable = new ArrayList<>();
    access
        .fields()
        .forEach((field, its) -> {
          if (!holds(its.read(), roles)) {
            unreadable.add(field);
          }
          if (!holds(its.write(), roles)) {
            unwritable.add(field);
          }
        });
    boolean blind = !operations.contains(Operation.GET);
    Predicate<FieldPath> isSecret =
        field -> blind || unreadable.stream().anyMatch(other -> overlap(field, other));
    readOnly.stream().filter(isSecret).filter(not(unwritable::contains)).forEach(unwritable::add);
    Set<FieldPath> secret = unwritable.stream().filter(isSecret).collect(toSet());
    return new Rights(operations, unreadable, new UnwritableFields(unwritable, secret));
  }

  private static boolean holds(Optional<Set<String>> needed, Set<String> roles) {
    return needed.isEmpty() || needed.get().stream().anyMatch(roles::contains);
  }

  /** Whether one of the fields lies in the other, or is it. */
  private static boolean overlap(FieldPath one, FieldPath other) {
    int length = Math.min(one.segments().size(), other.segments().size());
    return one.segments().subList(0, length).equals(other.segments().subList(0, length));
  }

  /** The items that are there for a caller. */
  Rows rows(Caller caller) {
    return Rows.of(access.owner(), caller, bound(readRule, caller), bound(writeRule, caller));
  }

  private static Optional<Predicate<JsonObject>> bound(
      Optional<BiPredicate<Caller, JsonObject>> rule, Caller caller) {
    return rule.map(test -> item -> test.test(caller, item));
  }
}

package dev.backplane.plugin.jdbc;

import dev.backplane.spi.Filter.Comparison;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Comparisons as conditions on columns: exactly what the operator means, or a condition that is
 * true of more rows, or nothing. What is not said here, the gateway tests. Any thread.
 */
record Comparisons(Table table, Dialect dialect) {
  /** A pattern that is longer is left to the gateway, as databases bound theirs. */
  private static final int LONGEST_PATTERN = 1_000;

  Optional<Condition> of(Comparison comparison) {
    String name = comparison.field().segments().get(0);
    boolean isWhole = comparison.field().segments().size() == 1;
    if (isWhole && name.equals(table.idField()) && table.keys().isComposite()) {
      return compositeId(comparison);
    }
    Optional<Column> column = table.member(name);
    if (column.isEmpty()) {
      return table.rest().isPresent() ? Optional.empty() : Optional.of(ofNothing(comparison));
    }
    if (!isWhole) {
      boolean hasMembers = column.get().kind() == Kind.JSON;
      return hasMembers ? Optional.empty() : Optional.of(ofNothing(comparison));
    }
    return column.get().kind() == Kind.JSON ? Optional.empty() : of(column.get(), comparison);
  }

  /** What the comparison says of a field that is not there. */
  private static Condition ofNothing(Comparison comparison) {
    return Condition.constant(comparison.test(JsonObject.empty()));
  }

  private Optional<Condition> compositeId(Comparison comparison) {
    List<Condition> ids = new ArrayList<>();
    for (String operand : comparison.operands()) {
      table
          .keys()
          .parse(operand)
          .ifPresent(key -> ids.add(new Equality(dialect).key(table.keys(), key)));
    }
    Condition any = Condition.any(ids);
    return switch (comparison.operator()) {
      case EQ, IN -> Optional.of(any);
      case NE, NIN -> any.isExact() ? Optional.of(any.negated()) : Optional.empty();
      case IS_NULL -> Optional.of(Condition.constant(comparison.operand().equals("false")));
      default -> Optional.empty();
    };
  }

  private Optional<Condition> of(Column column, Comparison comparison) {
    String name = dialect.quote(column.name());
    String operand = comparison.operand();
    return switch (comparison.operator()) {
      case IS_NULL ->
          Optional.of(Condition.of(name + (operand.equals("true") ? " IS NULL" : " IS NOT NULL")));
      case EQ, IN -> equalToAny(column, comparison.operands());
      case NE, NIN ->
          equalToAny(column, comparison.operands())
              .filter(Condition::isExact)
              .map(Condition::negated);
      case GT -> ranked(column, " > ", operand);
      case GTE -> ranked(column, " >= ", operand);
      case LT -> ranked(column, " < ", operand);
      case LTE -> ranked(column, " <= ", operand);
      case BETWEEN ->
          both(
              ranked(column, " >= ", operand),
              ranked(column, " <= ", comparison.operands().get(1)));
      case LIKE, STARTS_WITH, ENDS_WITH, CONTAINS -> like(column, comparison);
      default -> Optional.empty(); // letters of either case, and operators yet to come
    };
  }

  private static Optional<Condition> both(Optional<Condition> left, Optional<Condition> right) {
    if (left.isPresent() && right.isPresent()) {
      return Optional.of(Condition.all(List.of(left.get(), right.get())));
    }
    return left.or(() -> right).map(Condition::inexact);
  }

  private Optional<Condition> equalToAny(Column column, List<String> operands) {
    List<Condition> terms = new ArrayList<>();
    for (String operand : operands) {
      Optional<Condition> equal = equal(column, operand);
      if (equal.isEmpty()) {
        return Optional.empty();
      }
      if (!equal.get().equals(Condition.NEVER)) {
        terms.add(equal.get());
      }
    }
    return Optional.of(Condition.any(terms));
  }

  private Optional<Condition> equal(Column column, String operand) {
    return switch (column.kind()) {
      case BOOLEAN ->
          Optional.of(
              operand.equals("true") || operand.equals("false")
                  ? is(column, Bind.of(column, operand.equals("true")))
                  : Condition.NEVER);
      case INTEGER, DECIMAL, DOUBLE, REAL -> new NumberComparison(column, dialect).equal(operand);
      case ARRAY -> Optional.of(Condition.NEVER);
      case JSON -> Optional.empty();
      case OTHER -> Optional.empty();
      case BYTES, TEXT -> isLob(column) ? Optional.empty() : Optional.of(keyLike(column, operand));
      case LABEL, CHAR, UUID, DATE, TIME, TIMESTAMP, INSTANT ->
          Optional.of(keyLike(column, operand));
    };
  }

  /** As an id is compared: a text that is no value's text equals none. */
  private Condition keyLike(Column column, String operand) {
    return Keys.value(column, operand).map(value -> is(column, value)).orElse(Condition.NEVER);
  }

  private Condition is(Column column, Bind value) {
    return new Equality(dialect).of(column, value);
  }

  /** Some databases compare no large objects. */
  private boolean isLob(Column column) {
    boolean known = dialect == Dialect.POSTGRESQL || dialect == Dialect.MARIADB;
    return !known
        && dialect != Dialect.SQLITE
        && column.typeName().toUpperCase(Locale.ROOT).contains("LARGE OBJECT");
  }

  private Optional<Condition> ranked(Column column, String sign, String operand) {
    String name = dialect.quote(column.name());
    return switch (column.kind()) {
      case BOOLEAN, ARRAY -> Optional.of(Condition.NEVER);
      case INTEGER, DECIMAL, DOUBLE, REAL ->
          new NumberComparison(column, dialect).ranked(sign, operand);
      case TEXT -> isLob(column) ? Optional.empty() : rankedText(name, sign, operand);
      case DATE, TIME, TIMESTAMP, INSTANT -> new TimeComparison(column, name).ranked(sign, operand);
      case CHAR, UUID, JSON, BYTES, LABEL, OTHER -> Optional.empty();
    };
  }

  private Optional<Condition> rankedText(String name, String sign, String operand) {
    Optional<String> column = dialect.byCodePoint(name);
    if (column.isEmpty() || operand.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    String parameter = dialect.byCodePoint("?").orElseThrow();
    return Optional.of(Condition.of(column.get() + sign + parameter, Bind.of(Kind.TEXT, operand)));
  }

  private Optional<Condition> like(Column column, Comparison comparison) {
    if (column.kind() == Kind.INTEGER || column.kind() == Kind.BOOLEAN) {
      return Optional.of(Condition.NEVER);
    }
    String operand = comparison.operand();
    if (column.kind() != Kind.TEXT
        || isLob(column)
        || operand.length() > LONGEST_PATTERN
        || operand.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    if (comparison.operator() == Operator.LIKE && !dialect.triesPatternsOnce()) {
      String weaker = Patterns.quick(operand);
      Condition like = like(column, escaped(weaker).replace('*', '%'));
      return Optional.of(weaker.equals(operand) ? like : like.inexact());
    }
    String literal = escaped(operand);
    String pattern =
        switch (comparison.operator()) {
          case LIKE -> literal.replace('*', '%');
          case STARTS_WITH -> literal + "%";
          case ENDS_WITH -> "%" + literal;
          default -> "%" + literal + "%";
        };
    return Optional.of(like(column, pattern));
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private Condition like(Column column, String pattern) {
    String name = dialect.quote(column.name());
    Bind bind = Bind.of(Kind.TEXT, pattern);
    String plain = name + " LIKE ? ESCAPE '!'";
    boolean ignoresCase =
        dialect == Dialect.SQLITE
            || dialect == Dialect.STANDARD
            || column.typeName().toUpperCase(Locale.ROOT).contains("IGNORECASE");
    if (ignoresCase) {
      return Condition.of(plain, bind).inexact();
    }
    if (dialect != Dialect.MARIADB) {
      return Condition.of(plain, bind);
    }
    String bytes = dialect.byCodePoint(name).orElseThrow();
    String parameter = dialect.byCodePoint("?").orElseThrow();
    return Condition.of(bytes + " LIKE " + parameter + " ESCAPE '!'", bind);
  }

  /** What an operator means for a number. */
  static Optional<BigDecimal> number(String operand) {
    return JsonNumber.parse(operand).map(JsonNumber::value);
  }

  static boolean isUpward(String sign) {
    return sign.contains(">");
  }
}

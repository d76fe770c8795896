package dev.backplane.plugin.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Conditions that a column has one value, and no similar one. Any thread. */
record Equality(Dialect dialect) {

  /** That a row has this key. */
  Condition key(Keys keys, Keys.Key key) {
    List<Condition> parts = new ArrayList<>();
    for (int i = 0; i < keys.columns().size(); i++) {
      parts.add(of(keys.columns().get(i), key.values().get(i)));
    }
    return Condition.all(parts);
  }

  /** That a row has one of these keys; may be true of keys that are merely similar. */
  Condition anyKey(Keys keys, Collection<Keys.Key> wanted) {
    if (keys.isComposite() || keys.first().kind() == Kind.LABEL) {
      return Condition.any(wanted.stream().map(key -> key(keys, key)).toList());
    }
    List<Bind> binds = wanted.stream().map(key -> key.values().get(0)).toList();
    String parameters = String.join(", ", Collections.nCopies(binds.size(), "?"));
    String name = dialect.quote(keys.first().name());
    return new Condition(name + " IN (" + parameters + ")", binds, false);
  }

  Condition of(Column column, Bind value) {
    String name = dialect.quote(column.name());
    return switch (column.kind()) {
      case TEXT -> text(name, value);
      case CHAR -> {
        Condition equal = Condition.of(name + " = ?", value);
        yield dialect.equalsExactly() ? equal : equal.inexact();
      }
      case LABEL ->
          Condition.of(
              "CAST(" + name + " AS " + dialect.textType() + ") = ?",
              new Bind(Kind.TEXT, "", value.value()));
      default -> Condition.of(name + " = ?", value);
    };
  }

  /** The first part is for an index, the second for the collation. */
  private Condition text(String name, Bind value) {
    String equal = name + " = ?";
    Optional<String> exactly = dialect.byCodePoint(name);
    if (dialect.equalsExactly()) {
      return Condition.of(equal, value);
    }
    if (exactly.isEmpty()) {
      return Condition.of(equal, value).inexact();
    }
    String parameter = dialect.byCodePoint("?").orElseThrow();
    return Condition.of(
        "(" + equal + " AND " + exactly.get() + " = " + parameter + ")", value, value);
  }
}

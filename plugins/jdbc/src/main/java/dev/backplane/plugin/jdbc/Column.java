package dev.backplane.plugin.jdbc;

import java.util.Optional;

/**
 * A column, and the member of an item that it is.
 *
 * @param name as the database has it
 * @param member as clients know it
 * @param kind what it holds
 * @param typeName what the database calls its type
 * @param size how many characters, bytes or digits it takes; 0 where that is not known
 * @param scale how many digits a fraction has
 * @param isEndless whether a time may be before or after all others
 * @param nullable whether it may hold nothing
 * @param origin who gives it a value
 * @param fallback its default, as SQL of the database's own
 */
record Column(
    String name,
    String member,
    Kind kind,
    String typeName,
    int size,
    int scale,
    boolean isEndless,
    boolean nullable,
    Origin origin,
    Optional<String> fallback) {

  /** Who gives a column its value. */
  enum Origin {
    /** Who writes the row. */
    WRITER,
    /** The database, where the writer gives none: a number that counts up. */
    GENERATED,
    /** The database, from other columns. */
    COMPUTED
  }

  boolean isGenerated() {
    return origin == Origin.GENERATED;
  }

  boolean isComputed() {
    return origin == Origin.COMPUTED;
  }

  /** Whether a row can be inserted without it. */
  boolean mayBeLeftOut() {
    return nullable || isGenerated() || fallback.isPresent();
  }

  Column as(Kind other) {
    return new Column(
        name, member, other, typeName, size, scale, isEndless, nullable, origin, fallback);
  }

  Column named(String other) {
    return new Column(
        name, other, kind, typeName, size, scale, isEndless, nullable, origin, fallback);
  }
}

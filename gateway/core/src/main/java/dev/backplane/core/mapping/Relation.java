package dev.backplane.core.mapping;

import dev.backplane.spi.FieldPath;

/**
 * Where {@code _expand} and {@code _embed} lead: from the items of one resource to those of
 * another, whatever backends the two have.
 */
public sealed interface Relation {
  /**
   * The name in a query and in an answer.
   *
   * @return for example {@code author}
   */
  String name();

  /**
   * The resource that it leads to.
   *
   * @return a resource of the same mapping
   */
  String resource();

  /**
   * At most one item: the one whose id stands in a field here.
   *
   * @param name the name in a query and in an answer
   * @param resource the resource that it leads to
   * @param field the field here that holds the id of an item there
   */
  record ToOne(String name, String resource, FieldPath field) implements Relation {}

  /**
   * Any number of items: those in whose field the id of this one stands.
   *
   * @param name the name in a query and in an answer
   * @param resource the resource that it leads to
   * @param foreignField the field there that holds the id of an item here
   */
  record ToMany(String name, String resource, FieldPath foreignField) implements Relation {}
}

package dev.backplane.core.mapping;

import java.util.Locale;

/** What a client can do with a resource; the mapping may switch each of them off. */
public enum Operation {
  /** GET and HEAD of the list. */
  LIST,
  /** GET and HEAD of an item. */
  GET,
  /** POST to the list, and PUT of an item that does not exist. */
  CREATE,
  /** PUT of an item. */
  REPLACE,
  /** PATCH of an item. */
  UPDATE,
  /** DELETE of an item. */
  DELETE;

  /**
   * How the mapping names it.
   *
   * @return for example {@code list}
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.backplane.plugin.jdbc;

import java.util.List;

/**
 * A rule of the database that a write may break.
 *
 * @param name what the database calls it when it is broken
 * @param members the members of an item that it is about
 */
record Constraint(String name, List<String> members) {
  Constraint {
    members = List.copyOf(members);
  }
}

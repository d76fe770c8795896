package dev.backplane.core.http;

import dev.backplane.core.mapping.Relation;
import java.util.List;

/**
 * A relation to follow, and those to follow from there.
 *
 * @param relation the relation
 * @param target the resource that it leads to
 * @param nested the relations of the target to follow
 */
record Expansion(Relation relation, ServedResource target, List<Expansion> nested) {
  Expansion {
    nested = List.copyOf(nested);
  }
}

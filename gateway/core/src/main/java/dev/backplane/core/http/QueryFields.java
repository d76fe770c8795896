package dev.backplane.core.http;

import dev.backplane.spi.FieldPath;
import java.util.Set;

/**
 * Which fields a query may name, as far as a schema tells.
 *
 * @param declared the fields that the schema names, the id among them, each with the fields that it
 *     lies in
 * @param open whether items may have further fields
 */
record QueryFields(Set<FieldPath> declared, boolean open) {
  /** What is known without a schema: any field may be there. */
  static final QueryFields ANY = new QueryFields(Set.of(), true);

  QueryFields {
    declared = Set.copyOf(declared);
  }

  boolean declares(FieldPath field) {
    return declared.contains(field);
  }

  /** Whether items may have the field: a declared object without declared members may hold any. */
  boolean allows(FieldPath field) {
    if (open || declares(field)) {
      return true;
    }
    for (int length = field.segments().size() - 1; length > 0; length--) {
      FieldPath outer = new FieldPath(field.segments().subList(0, length));
      if (declares(outer)) {
        return declared.stream().noneMatch(inner -> isWithin(inner, outer));
      }
    }
    return false;
  }

  private static boolean isWithin(FieldPath inner, FieldPath outer) {
    int length = outer.segments().size();
    return inner.segments().size() > length
        && inner.segments().subList(0, length).equals(outer.segments());
  }
}

package dev.backplane.core.mapping;

import dev.backplane.spi.FieldPath;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what with a resource. What is not allowed here is denied.
 *
 * @param roles the operations of each role, in the order of the file
 * @param fields the fields that not every caller may read or write
 * @param owner whose the items are; empty: nobody's in particular
 * @param read what must hold for an item to be seen, as an expression
 * @param write what must hold for an item to be written, before and after, as an expression
 */
public record Access(
    Map<String, Set<Operation>> roles,
    Map<FieldPath, FieldAccess> fields,
    Optional<Ownership> owner,
    Optional<Rule> read,
    Optional<Rule> write) {
  /** The role of every caller, of those as well who have not said who they are. */
  public static final String ANYONE = "anyone";

  /** The role of every caller who has proved who they are. */
  public static final String AUTHENTICATED = "authenticated";

  /** Copies the collections. */
  public Access {
    Map<String, Set<Operation>> copied = new LinkedHashMap<>();
    roles.forEach((role, operations) -> copied.put(role, Set.copyOf(operations)));
    roles = Collections.unmodifiableMap(copied);
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Access that allows nobody anything. */
  static Access none() {
    return new Access(Map.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Access that allows one role everything. */
  static Access all(String role) {
    return new Access(
        Map.of(role, EnumSet.allOf(Operation.class)),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The roles that may read and write a field.
   *
   * @param read the roles that may read it; empty: every caller who sees the item
   * @param write the roles that may write it; empty: every caller who writes the item
   */
  public record FieldAccess(Optional<Set<String>> read, Optional<Set<String>> write) {
    /** Copies the roles. */
    public FieldAccess {
      read = read.map(Set::copyOf);
      write = write.map(Set::copyOf);
    }
  }

  /**
   * Whose an item is: only the caller whose claim has the value of the field.
   *
   * @param field the field of the item, a member of its body
   * @param claim the claim of the caller; {@code sub} is who they are
   * @param except the roles for which all items are there
   */
  public record Ownership(FieldPath field, String claim, List<String> except) {
    /** Copies the roles. */
    public Ownership {
      except = List.copyOf(except);
    }
  }

  /**
   * An expression.
   *
   * @param text the expression
   * @param at where it stands
   */
  public record Rule(String text, Position at) {}
}

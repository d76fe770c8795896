package dev.backplane.core;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is calling, as far as a way into the gateway has verified it: the user principal of the
 * servlet request. A value of one request; its name is not empty.
 */
public interface Identity extends Principal {
  /**
   * The roles that the caller was given, besides those in the claim that the mapping names.
   *
   * @return the roles
   */
  default Set<String> roles() {
    return Set.of();
  }

  /**
   * What is known of the caller besides.
   *
   * @return each claim with its values: one, or those of a list. Numbers and truth values are text;
   *     a member of an object is called {@code object.member}
   */
  Map<String, List<String>> claims();
}

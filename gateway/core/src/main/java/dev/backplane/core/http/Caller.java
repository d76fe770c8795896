package dev.backplane.core.http;

import dev.backplane.core.mapping.Access;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who is calling, as far as it has been proved. A value of one request.
 *
 * @param subject who they are; empty for somebody who has not said so
 * @param roles what they are, with what everybody and every authenticated caller is
 * @param claims what is known of them besides, each claim with its values
 */
public record Caller(String subject, Set<String> roles, Map<String, List<String>> claims) {
  private static final Pattern SEPARATORS = Pattern.compile("[\\s,]+");

  /** The role of every caller. */
  static final String ANYONE = Access.ANYONE;

  /** The role of every caller who has proved who they are. */
  static final String AUTHENTICATED = Access.AUTHENTICATED;

  /** Somebody who has not said who they are. */
  public static final Caller NOBODY = new Caller("", Set.of(ANYONE), Map.of());

  /** Copies the collections. */
  public Caller {
    roles = Set.copyOf(roles);
    claims = Map.copyOf(claims);
  }

  /**
   * A caller who has proved who they are.
   *
   * @param subject who they are; not empty
   * @param roles the roles that they were given
   * @param claims what is known of them besides
   * @return the caller, with the roles that come with being known
   */
  public static Caller of(String subject, Set<String> roles, Map<String, List<String>> claims) {
    Set<String> all = new HashSet<>(roles);
    all.add(ANYONE);
    all.add(AUTHENTICATED);
    return new Caller(subject, all, claims);
  }

  /** The same with the roles that a claim lists, apart or in one text with spaces or commas. */
  Caller withRolesIn(String claim) {
    List<String> values = claims.get(claim);
    if (values == null || subject.isEmpty()) {
      return this;
    }
    Set<String> all = new HashSet<>(roles);
    for (String value : values) {
      for (String role : SEPARATORS.split(value, -1)) {
        if (!role.isEmpty()) {
          all.add(role);
        }
      }
    }
    return new Caller(subject, all, claims);
  }

  boolean isKnown() {
    return !subject.isEmpty();
  }

  /** The values of a claim, none of them empty; that of {@code sub} is who they are. */
  List<String> claim(String name) {
    if (!isKnown()) {
      return List.of();
    }
    if (name.equals("sub")) {
      return List.of(subject);
    }
    List<String> values = new ArrayList<>(Optional.ofNullable(claims.get(name)).orElse(List.of()));
    values.removeIf(String::isEmpty);
    return values;
  }

  /** The subject and the roles; a claim may be a secret. */
  @Override
  public String toString() {
    return "Caller[" + subject + " " + roles + "]";
  }
}

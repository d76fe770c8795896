package dev.backplane.lambda;

import dev.backplane.core.Identity;
import java.util.List;
import java.util.Map;

/**
 * Who is calling, from what an authorizer has verified and from nothing else. Made anew for each
 * request, as a value, so that no request can see another's caller.
 *
 * @param name the subject, the principal, the Cognito identity or the ARN of the user; empty when
 *     nobody was authenticated
 * @param claims what the authorizer says besides, each with its values: one, or those of a list.
 *     Numbers and truth values are text; a member of an object is called {@code object.member}
 */
record Caller(String name, Map<String, List<String>> claims) implements Identity {
  /** Nobody who was authenticated. */
  static final Caller NOBODY = new Caller("", Map.of());

  Caller {
    claims = Map.copyOf(claims);
  }

  @Override
  public String getName() {
    return name;
  }
}

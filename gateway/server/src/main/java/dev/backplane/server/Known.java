package dev.backplane.server;

import dev.backplane.core.Identity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A caller who has proved who they are to the server.
 *
 * @param name who they are
 * @param roles the roles that came with the proof
 * @param claims what the proof says besides
 */
record Known(String name, Set<String> roles, Map<String, List<String>> claims) implements Identity {
  Known {
    roles = Set.copyOf(roles);
    claims = Map.copyOf(claims);
  }

  @Override
  public String getName() {
    return name;
  }
}

package dev.backplane.core;

import dev.backplane.core.mapping.Access;
import dev.backplane.core.mapping.Authentication;
import dev.backplane.core.mapping.Mapping;
import dev.backplane.core.mapping.MappingReader;
import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.ResourceMapping;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes down who is let in and may do what, as it comes to in the end. */
final class AccessTable {
  private final Mapping mapping;
  private final List<Inspector.Grant> grants = new ArrayList<>();

  private AccessTable(Mapping mapping) {
    this.mapping = mapping;
  }

  /** What a mapping grants; plugins are not looked at. */
  static List<Inspector.Grant> of(Gateway.Options options) {
    MappingReader.Result read = MappingReader.read(options.mapping(), options.environment());
    if (!read.problems().isEmpty()) {
      throw new Gateway.StartException(
          read.problems().stream()
              .map(problem -> problem.describe(options.mapping().toString()))
              .toList());
    }
    AccessTable table = new AccessTable(read.mapping());
    read.mapping().authentication().ifPresent(table::add);
    read.mapping().resources().stream()
        .filter(resource -> !read.mapping().isKeeper(resource.name()))
        .forEach(table::add);
    return table.grants;
  }

  private void add(Authentication ways) {
    for (Authentication.Jwt issuer : ways.jwt()) {
      callers(
          "tokens of " + issuer.issuer(),
          "for %s; by %s with keys of %s; give or take %d s; roles in the claim \"%s\""
              .formatted(
                  String.join(" or ", issuer.audience()),
                  String.join(", ", issuer.algorithms()),
                  issuer.jwks(),
                  issuer.clockSkew().toSeconds(),
                  ways.rolesClaim()));
    }
    ways.apiKeys().ifPresent(file -> callers("keys", "those in " + file));
    ways.proxy()
        .ifPresent(proxy ->
            callers(
                "proxy",
                "the word of %s in %s"
                    .formatted(
                        String.join(", ", proxy.trusted()),
                        proxy
                            .rolesHeader()
                            .map(roles -> proxy.subjectHeader() + ", and of roles in " + roles)
                            .orElse(proxy.subjectHeader()))));
  }

  private void callers(String way, String says) {
    grants.add(new Inspector.Grant("callers", way, says));
  }

  private void add(ResourceMapping resource) {
    Optional<Access> access = mapping.access(resource);
    if (access.isEmpty()) {
      add(resource, "role " + Access.ANYONE, words(served(resource)));
      return;
    }
    Map<String, Set<Operation>> roles = access.get().roles();
    if (roles.isEmpty()) {
      add(resource, "nobody", "has no right to anything");
    }
    roles.keySet().forEach(role -> add(resource, "role " + role, rights(resource, roles, role)));
    access
        .get()
        .fields()
        .forEach((field, its) ->
            add(
                resource,
                "field " + field,
                "read by " + roles(its.read()) + "; written by " + roles(its.write())));
    access.get().owner().ifPresent(owner -> add(resource, "owner", owner(owner)));
    access.get().read().ifPresent(rule -> add(resource, "rule read", rule.text()));
    access.get().write().ifPresent(rule -> add(resource, "rule write", rule.text()));
  }

  private void add(ResourceMapping resource, String what, String says) {
    grants.add(new Inspector.Grant("/api/" + resource.name(), what, says));
  }

  /** With what everybody may do, and every caller who is known. */
  private static String rights(
      ResourceMapping resource, Map<String, Set<Operation>> roles, String role) {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    operations.addAll(roles.getOrDefault(role, Set.of()));
    operations.addAll(roles.getOrDefault(Access.ANYONE, Set.of()));
    if (!role.equals(Access.ANYONE)) {
      operations.addAll(roles.getOrDefault(Access.AUTHENTICATED, Set.of()));
    }
    operations.retainAll(served(resource));
    return words(operations);
  }

  private static Set<Operation> served(ResourceMapping resource) {
    Set<Operation> served = EnumSet.allOf(Operation.class);
    served.removeAll(resource.disabled());
    return served;
  }

  private static String words(Set<Operation> operations) {
    return operations.isEmpty()
        ? "nothing"
        : operations.stream().map(Operation::word).collect(Collectors.joining(", "));
  }

  private static String roles(Optional<Set<String>> roles) {
    if (roles.isEmpty()) {
      return "all of these";
    }
    return roles.get().isEmpty() ? "nobody" : String.join(", ", new TreeSet<>(roles.get()));
  }

  private static String owner(Access.Ownership owner) {
    String who = "only items whose \"" + owner.field() + "\" is the caller's " + owner.claim();
    return owner.except().isEmpty()
        ? who
        : who + "; all items for " + String.join(", ", owner.except());
  }
}

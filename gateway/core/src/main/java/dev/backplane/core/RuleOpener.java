package dev.backplane.core;

import dev.backplane.core.http.AccessRules;
import dev.backplane.core.http.Caller;
import dev.backplane.core.http.RuleCompiler;
import dev.backplane.core.mapping.Access;
import dev.backplane.core.mapping.Problem;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.JsonObject;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Compiles the rules of resources, with a compiler that is looked for when there is the first. */
final class RuleOpener {
  private final Consumer<Problem> problems;
  private boolean looked;
  private Optional<RuleCompiler> compiler = Optional.empty();

  /**
   * Starts without a compiler.
   *
   * @param problems takes what is wrong with a rule
   */
  RuleOpener(Consumer<Problem> problems) {
    this.problems = problems;
  }

  AccessRules open(ResourceMapping resource, Access access) {
    return new AccessRules(
        access,
        access.read().map(rule -> compile(resource, "read", rule)),
        access.write().map(rule -> compile(resource, "write", rule)));
  }

  private BiPredicate<Caller, JsonObject> compile(
      ResourceMapping resource, String name, Access.Rule rule) {
    Optional<RuleCompiler> found = compiler();
    if (found.isEmpty()) {
      problem(resource, name, rule, "needs the jar backplane-rules, which is not here");
      return RuleOpener::never;
    }
    try {
      return found.get().compile(rule.text());
    } catch (IllegalArgumentException wrong) {
      problem(resource, name, rule, "is no rule: " + wrong.getMessage());
      return RuleOpener::never;
    }
  }

  /** A rule that could not be compiled: the gateway does not start, and nobody is let in. */
  private static boolean never(Caller caller, JsonObject item) {
    return false;
  }

  private Optional<RuleCompiler> compiler() {
    if (!looked) {
      looked = true;
      compiler =
          ServiceLoader.load(RuleCompiler.class, RuleCompiler.class.getClassLoader()).findFirst();
    }
    return compiler;
  }

  private void problem(ResourceMapping resource, String name, Access.Rule rule, String what) {
    problems.accept(
        new Problem(
            Optional.of(rule.at()),
            "resource \"" + resource.name() + "\": \"rules." + name + "\" " + what));
  }
}

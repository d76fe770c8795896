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
import org.jspecify.annotations.Nullable;

/** Compiles the rules of resources, with a compiler that is looked for when there is the first. */
final class RuleOpener {
  /** Of a rule that could not be compiled; the gateway does not start, and nobody is let in. */
  private static final BiPredicate<Caller, JsonObject> NEVER = (caller, item) -> false;

  private final Consumer<Problem> problems;
  private @Nullable Optional<RuleCompiler> compiler;

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
      return NEVER;
    }
    try {
      return found.get().compile(rule.text());
    } catch (IllegalArgumentException wrong) {
      problem(resource, name, rule, "is no rule: " + wrong.getMessage());
      return NEVER;
    }
  }

  private Optional<RuleCompiler> compiler() {
    if (compiler == null) {
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

package dev.backplane.core.http;

import dev.backplane.spi.JsonObject;
import java.util.function.BiPredicate;

/**
 * Makes tests of the expressions in access rules. Found with {@link java.util.ServiceLoader} when a
 * mapping has the first rule, so that a gateway without rules does without the language.
 */
public interface RuleCompiler {
  /**
   * Compiles a rule, when the gateway starts.
   *
   * @param expression the rule
   * @return the test of an item, whole, for a caller; for any thread, bounded by the sizes of rule
   *     and item, and false where it cannot be told
   * @throws IllegalArgumentException when the expression is none that is true or false; the message
   *     says why and where
   */
  BiPredicate<Caller, JsonObject> compile(String expression);
}

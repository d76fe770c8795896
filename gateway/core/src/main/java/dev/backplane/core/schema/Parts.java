package dev.backplane.core.schema;

import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.JsonNode;

/**
 * Looks at the parts of a value, one after the other, until it is known that the value is wrong and
 * enough has been found to tell; otherwise a body of many wrong values would fill the memory.
 */
final class Parts {
  private final EvaluationContext evaluation;
  private final Checking checking;
  private int wrong;

  Parts(EvaluationContext evaluation, JsonNode whole) {
    this.evaluation = evaluation;
    this.checking = Checking.of(whole);
  }

  void check(SubSchema schema, JsonNode part) {
    long before = checking.before();
    boolean right = schema.holds(evaluation, part);
    checking.after(before, right, part);
    if (!right) {
      wrong++;
    }
  }

  int wrong() {
    return wrong;
  }

  boolean areRight() {
    return wrong == 0;
  }

  /** Whether the others need not be looked at. */
  boolean areDone() {
    return wrong > 0 && checking.hasFoundEnough();
  }
}

package dev.backplane.core.schema;

import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;

/**
 * A schema inside of another one, for parts of a value. The validator takes such a schema by its
 * URI, and reads that text again for each part, which takes most of the time where there are many;
 * its keyword {@code not} keeps what it has read.
 */
final class SubSchema {
  private final Evaluator not;

  private SubSchema(Evaluator not) {
    this.not = not;
  }

  static SubSchema of(SchemaParsingContext context, JsonNode schema) {
    return new SubSchema(
        Keywords.OTHERS
            .create(context, "not", schema)
            .orElse(Keywords.NOTHING)); // no schema, which the schema of schemas tells
  }

  /** Whether a value is as the schema says. */
  @SuppressWarnings("ReferenceEquality") // there is one success without a remark, and no other way
  boolean holds(EvaluationContext evaluation, JsonNode value) {
    return not.evaluate(evaluation, value) != Evaluator.Result.success();
  }
}

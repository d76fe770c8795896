package dev.backplane.core.schema;

import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keywords about all elements of an array; each stops when it has found enough. */
final class ElementKeywords {
  private ElementKeywords() {}

  static Optional<Evaluator> items(SchemaParsingContext context, JsonNode node) {
    if (!node.isObject() && !node.isBoolean()) {
      return Optional.empty();
    }
    SubSchema schema = SubSchema.of(context, node);
    int from = prefixes(context.getCurrentSchemaObject());
    return Optional.of((evaluation, array) -> {
      if (!array.isArray()) {
        return Evaluator.Result.success();
      }
      List<JsonNode> elements = array.asArray();
      Parts parts = new Parts(evaluation, array);
      for (int i = from; i < elements.size() && !parts.areDone(); i++) {
        parts.check(schema, elements.get(i));
      }
      return parts.areRight() ? Evaluator.Result.success(true) : Evaluator.Result.failure();
    });
  }

  static Optional<Evaluator> prefixItems(SchemaParsingContext context, JsonNode node) {
    if (!node.isArray()) {
      return Optional.empty();
    }
    List<SubSchema> schemas =
        node.asArray().stream().map(schema -> SubSchema.of(context, schema)).toList();
    return Optional.of((evaluation, array) ->
        array.isArray() ? prefixItems(evaluation, array, schemas) : Evaluator.Result.success());
  }

  private static Evaluator.Result prefixItems(
      EvaluationContext evaluation, JsonNode array, List<SubSchema> schemas) {
    List<JsonNode> elements = array.asArray();
    Parts parts = new Parts(evaluation, array);
    int end = Math.min(schemas.size(), elements.size());
    for (int i = 0; i < end && !parts.areDone(); i++) {
      parts.check(schemas.get(i), elements.get(i));
    }
    // the validator goes by it: all elements, or how many
    Object evaluated = end == elements.size() ? (Object) true : (Object) end;
    return parts.areRight() ? Evaluator.Result.success(evaluated) : Evaluator.Result.failure();
  }

  static Optional<Evaluator> unevaluatedItems(
      SchemaParsingContext context, JsonNode node, Unevaluated unevaluated) {
    if (!node.isObject() && !node.isBoolean()) {
      return Optional.empty();
    }
    Map<String, JsonNode> siblings = context.getCurrentSchemaObject();
    if (siblings.containsKey("items")) {
      return Optional.of(Keywords.NOTHING); // which leaves none
    }
    SubSchema schema = SubSchema.of(context, node);
    int from = prefixes(siblings);
    return Optional.of(
        new Unevaluated.Last((evaluation, array) -> {
          if (!array.isArray()) {
            return Evaluator.Result.success();
          }
          List<JsonNode> elements = array.asArray();
          Parts parts = new Parts(evaluation, array);
          for (int i : unevaluated.elements(evaluation, array)) {
            if (i >= from && !parts.areDone()) {
              parts.check(schema, elements.get(i));
            }
          }
          return parts.areRight() ? Evaluator.Result.success(true) : Evaluator.Result.failure();
        }));
  }

  /** How many first elements have a schema of their own, right or not. */
  private static int prefixes(Map<String, JsonNode> siblings) {
    JsonNode prefixes = siblings.get("prefixItems");
    return prefixes == null || !prefixes.isArray() ? 0 : prefixes.asArray().size();
  }
}

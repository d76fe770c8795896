package dev.backplane.core.schema;

import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keywords about all members of an object; each stops when it has found enough. */
final class MemberKeywords {
  /** All have the place of the object, which is told once for each way of being wrong. */
  private static final int MOST_WRONG_NAMES = 50;

  private MemberKeywords() {}

  static Optional<Evaluator> properties(SchemaParsingContext context, JsonNode node) {
    if (!node.isObject()) {
      return Optional.empty();
    }
    Map<String, SubSchema> schemas = new HashMap<>();
    node.asObject().forEach((name, schema) -> schemas.put(name, SubSchema.of(context, schema)));
    return Optional.of((evaluation, object) -> {
      if (!object.isObject()) {
        return Evaluator.Result.success();
      }
      Set<String> seen = new HashSet<>();
      Parts parts = new Parts(evaluation, object);
      for (var member : object.asObject().entrySet()) {
        SubSchema schema = schemas.get(member.getKey());
        if (schema != null && !parts.areDone()) {
          seen.add(member.getKey());
          parts.check(schema, member.getValue());
        }
      }
      return result(parts, seen);
    });
  }

  static Optional<Evaluator> patternProperties(SchemaParsingContext context, JsonNode node) {
    if (!node.isObject()) {
      return Optional.empty();
    }
    Map<SafePattern, SubSchema> schemas = new LinkedHashMap<>();
    node.asObject()
        .forEach((expression, schema) ->
            schemas.put(SafePattern.compile(expression), SubSchema.of(context, schema)));
    return Optional.of((evaluation, object) -> {
      if (!object.isObject()) {
        return Evaluator.Result.success();
      }
      try {
        return patternProperties(evaluation, object, schemas);
      } catch (SafePattern.SpentException spent) {
        return Evaluator.Result.failure("has names that take too long to be matched");
      }
    });
  }

  private static Evaluator.Result patternProperties(
      EvaluationContext evaluation, JsonNode object, Map<SafePattern, SubSchema> schemas) {
    SafePattern.Steps steps = Checking.of(object).steps();
    Set<String> seen = new HashSet<>();
    Parts parts = new Parts(evaluation, object);
    for (var member : object.asObject().entrySet()) {
      for (var schema : schemas.entrySet()) {
        if (!parts.areDone() && schema.getKey().find(member.getKey(), steps)) {
          seen.add(member.getKey());
          parts.check(schema.getValue(), member.getValue());
        }
      }
    }
    return result(parts, seen);
  }

  static Optional<Evaluator> additionalProperties(SchemaParsingContext context, JsonNode node) {
    if (!node.isObject() && !node.isBoolean()) {
      return Optional.empty();
    }
    Named named = Named.beside(context);
    SubSchema schema = SubSchema.of(context, node);
    return Optional.of((evaluation, object) ->
        object.isObject()
            ? rest(evaluation, object, object.asObject().entrySet(), named, schema)
            : Evaluator.Result.success());
  }

  static Optional<Evaluator> unevaluatedProperties(
      SchemaParsingContext context, JsonNode node, Unevaluated unevaluated) {
    if (!node.isObject() && !node.isBoolean()) {
      return Optional.empty();
    }
    if (context.getCurrentSchemaObject().containsKey("additionalProperties")) {
      return Optional.of(Keywords.NOTHING); // which leaves none
    }
    // right or not: the validator forgets of a keyword that failed what it has looked at
    Named named = Named.beside(context);
    SubSchema schema = SubSchema.of(context, node);
    return Optional.of(
        new Unevaluated.Last((evaluation, object) ->
            object.isObject()
                ? rest(evaluation, object, unevaluated.members(evaluation, object), named, schema)
                : Evaluator.Result.success()));
  }

  static Optional<Evaluator> propertyNames(SchemaParsingContext context, JsonNode names) {
    if (!names.isObject() && !names.isBoolean()) {
      return Optional.empty();
    }
    SubSchema schema = SubSchema.of(context, names);
    return Optional.of((evaluation, object) -> {
      Parts parts = new Parts(evaluation, object);
      if (object instanceof SchemaNode node && object.isObject()) {
        for (String name : object.asObject().keySet()) {
          if (!parts.areDone() && parts.wrong() < MOST_WRONG_NAMES) {
            parts.check(schema, node.named(name));
          }
        }
      }
      return parts.areRight() ? Evaluator.Result.success() : Evaluator.Result.failure();
    });
  }

  /** What the schema names by itself: of these members, others than that are looked at. */
  private record Named(Set<String> names, List<SafePattern> patterns) {
    static Named beside(SchemaParsingContext context) {
      return new Named(
          Set.copyOf(keys(context, "properties")),
          keys(context, "patternProperties").stream().map(SafePattern::compile).toList());
    }

    private static Set<String> keys(SchemaParsingContext context, String keyword) {
      JsonNode sibling = context.getCurrentSchemaObject().get(keyword);
      return sibling != null && sibling.isObject() ? sibling.asObject().keySet() : Set.of();
    }

    boolean has(String name, SafePattern.Steps steps) {
      return names.contains(name)
          || patterns.stream().anyMatch(pattern -> pattern.find(name, steps));
    }
  }

  private static Evaluator.Result rest(
      EvaluationContext evaluation,
      JsonNode object,
      Iterable<Map.Entry<String, JsonNode>> members,
      Named named,
      SubSchema schema) {
    SafePattern.Steps steps = Checking.of(object).steps();
    Set<String> seen = new HashSet<>();
    Parts parts = new Parts(evaluation, object);
    try {
      for (var member : members) {
        if (!parts.areDone() && !named.has(member.getKey(), steps)) {
          seen.add(member.getKey());
          parts.check(schema, member.getValue());
        }
      }
    } catch (SafePattern.SpentException spent) {
      return Evaluator.Result.failure(); // patternProperties tell it
    }
    return result(parts, seen);
  }

  /** With the names of what was looked at, which the validator goes by. */
  private static Evaluator.Result result(Parts parts, Set<String> seen) {
    return parts.areRight() ? Evaluator.Result.success(seen) : Evaluator.Result.failure();
  }
}

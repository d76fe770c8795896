package dev.backplane.core.schema;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;

/**
 * The keywords that the gateway tests itself: those with a regular expression and {@code
 * uniqueItems}, so that a body that was made for it cannot take long, and {@code format}, which the
 * validator only notes.
 */
final class Keywords implements EvaluatorFactory {
  private static final Evaluator NOTHING = (context, node) -> Evaluator.Result.success();
  private static final EvaluatorFactory OTHERS =
      new Dialects.Draft2020Dialect().getEvaluatorFactory();

  /** Remarks; the validator would collect them for each value of a body. */
  private static final Set<String> REMARKS =
      Set.of(
          "title",
          "description",
          "default",
          "deprecated",
          "readOnly",
          "writeOnly",
          "examples",
          "contentMediaType",
          "contentEncoding",
          "contentSchema");

  @Override
  public Optional<Evaluator> create(SchemaParsingContext context, String keyword, JsonNode node) {
    if (REMARKS.contains(keyword)) {
      return Optional.of(NOTHING);
    }
    try {
      return switch (keyword) {
        case "$ref", "$dynamicRef" ->
            node.isString()
                ? OTHERS.create(context, keyword, SchemaNode.reference(node.asString()))
                : Optional.empty();
        case "format" -> node.isString() ? Optional.of(format(node.asString())) : Optional.empty();
        case "pattern" ->
            node.isString() ? Optional.of(pattern(node.asString())) : Optional.empty();
        case "patternProperties" ->
            node.isObject() ? Optional.of(patternProperties(context, node)) : Optional.empty();
        case "additionalProperties" ->
            context.getCurrentSchemaObject().containsKey("patternProperties")
                ? additionalProperties(context, node)
                : Optional.empty();
        case "propertyNames" ->
            node.isObject() || node.isBoolean()
                ? Optional.of(propertyNames(context.getAbsoluteUri(node)))
                : Optional.empty();
        case "uniqueItems" ->
            Optional.of(node.isBoolean() && node.asBoolean() ? Keywords::unique : NOTHING);
        default -> Optional.empty();
      };
    } catch (PatternSyntaxException notAPattern) {
      return Optional.of(NOTHING); // told by the schema of schemas, where this is a schema at all
    }
  }

  private static Evaluator format(String name) {
    Optional<Formats.Format> format = Formats.find(name);
    if (format.isEmpty()) {
      return NOTHING;
    }
    return (context, node) ->
        !node.isString() || format.get().test().test(node.asString())
            ? Evaluator.Result.success()
            : Evaluator.Result.failure("should be " + format.get().words());
  }

  private static Evaluator pattern(String expression) {
    SafePattern pattern = SafePattern.compile(expression);
    return (context, node) -> {
      if (!node.isString()) {
        return Evaluator.Result.success();
      }
      try {
        return pattern.find(node.asString(), steps(node))
            ? Evaluator.Result.success()
            : Evaluator.Result.failure("should match " + Words.shortened(expression));
      } catch (SafePattern.SpentException spent) {
        return Evaluator.Result.failure("takes too long to be matched; make it shorter");
      }
    };
  }

  private static Evaluator patternProperties(SchemaParsingContext context, JsonNode node) {
    Map<SafePattern, String> schemas = new LinkedHashMap<>();
    node.asObject()
        .forEach((expression, schema) ->
            schemas.put(SafePattern.compile(expression), context.getAbsoluteUri(schema)));
    return (evaluation, object) -> {
      if (!object.isObject()) {
        return Evaluator.Result.success();
      }
      try {
        return patternProperties(evaluation, object, schemas);
      } catch (SafePattern.SpentException spent) {
        return Evaluator.Result.failure("has names that take too long to be matched");
      }
    };
  }

  private static Evaluator.Result patternProperties(
      EvaluationContext evaluation, JsonNode object, Map<SafePattern, String> schemas) {
    Set<String> matched = new HashSet<>();
    boolean valid = true;
    for (var member : object.asObject().entrySet()) {
      for (var schema : schemas.entrySet()) {
        if (schema.getKey().find(member.getKey(), steps(object))) {
          matched.add(member.getKey());
          valid &= evaluation.resolveInternalRefAndValidate(schema.getValue(), member.getValue());
        }
      }
    }
    // additionalProperties beside it goes by what was matched
    return valid
        ? Evaluator.Result.success(Collections.unmodifiableSet(matched))
        : Evaluator.Result.failure();
  }

  /** Beside patternProperties, whose result does not say what was matched once it is a failure. */
  private static Optional<Evaluator> additionalProperties(
      SchemaParsingContext context, JsonNode node) {
    JsonNode properties = context.getCurrentSchemaObject().get("properties");
    JsonNode patterns = context.getCurrentSchemaObject().get("patternProperties");
    if (patterns == null || !patterns.isObject() || !(node.isObject() || node.isBoolean())) {
      return Optional.empty();
    }
    Set<String> named =
        properties != null && properties.isObject() ? properties.asObject().keySet() : Set.of();
    List<SafePattern> others =
        patterns.asObject().keySet().stream().map(SafePattern::compile).toList();
    String schema = context.getAbsoluteUri(node);
    return Optional.of((evaluation, object) ->
        object.isObject()
            ? additionalProperties(evaluation, object, schema, named, others)
            : Evaluator.Result.success());
  }

  private static Evaluator.Result additionalProperties(
      EvaluationContext evaluation,
      JsonNode object,
      String schema,
      Set<String> named,
      List<SafePattern> patterns) {
    List<String> rest = new ArrayList<>();
    boolean valid = true;
    try {
      for (var member : object.asObject().entrySet()) {
        String name = member.getKey();
        if (!named.contains(name)
            && patterns.stream().noneMatch(pattern -> pattern.find(name, steps(object)))) {
          rest.add(name);
          valid &= evaluation.resolveInternalRefAndValidate(schema, member.getValue());
        }
      }
    } catch (SafePattern.SpentException spent) {
      return Evaluator.Result.failure(); // patternProperties tell it
    }
    return valid
        ? Evaluator.Result.success(Collections.unmodifiableList(rest))
        : Evaluator.Result.failure();
  }

  private static Evaluator propertyNames(String schema) {
    return (evaluation, object) -> {
      boolean valid = true;
      if (object instanceof SchemaNode node && object.isObject()) {
        for (String name : object.asObject().keySet()) {
          valid &= evaluation.resolveInternalRefAndValidate(schema, node.named(name));
        }
      }
      return valid ? Evaluator.Result.success() : Evaluator.Result.failure();
    };
  }

  private static Evaluator.Result unique(EvaluationContext context, JsonNode node) {
    if (node instanceof SchemaNode array && array.value() instanceof JsonArray values) {
      // texts, which a set finds quickly also when someone made all of their hashes the same
      Set<String> seen = new HashSet<>();
      for (JsonValue element : values.elements()) {
        if (!seen.add(canonical(element).toString())) {
          return Evaluator.Result.failure("should not have the same element twice");
        }
      }
    }
    return Evaluator.Result.success();
  }

  /** The same for values that are equal, and for no others. */
  private static Object canonical(JsonValue value) {
    return switch (value) {
      case JsonNumber number -> number.value().stripTrailingZeros().toString();
      case JsonString text -> '"' + text.value().replace("\"", "\"\"") + '"';
      case JsonArray array -> {
        List<Object> elements = new ArrayList<>();
        array.elements().forEach(element -> elements.add(canonical(element)));
        yield elements;
      }
      case JsonObject object -> {
        Map<Object, Object> members = new TreeMap<>();
        object
            .members()
            .forEach(
                (name, member) -> members.put(canonical(new JsonString(name)), canonical(member)));
        yield members;
      }
      default -> value.toString();
    };
  }

  private static SafePattern.Steps steps(JsonNode node) {
    return node instanceof SchemaNode own ? own.steps() : new SafePattern.Steps();
  }
}

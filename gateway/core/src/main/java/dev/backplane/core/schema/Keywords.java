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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;

/**
 * The keywords that the gateway tests itself: those with a regular expression, those about all
 * parts of a value and {@code uniqueItems}, so that a body that was made for it cannot take long,
 * and {@code format}, which the validator only notes.
 */
final class Keywords implements EvaluatorFactory {
  /** Asks for nothing. */
  static final Evaluator NOTHING = (context, node) -> Evaluator.Result.success();

  /** Those of the validator. */
  static final EvaluatorFactory OTHERS = new Dialects.Draft2020Dialect().getEvaluatorFactory();

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

  private final Unevaluated unevaluated = new Unevaluated();

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
        case "properties" -> MemberKeywords.properties(context, node);
        case "patternProperties" -> MemberKeywords.patternProperties(context, node);
        case "additionalProperties" -> MemberKeywords.additionalProperties(context, node);
        case "propertyNames" -> MemberKeywords.propertyNames(context, node);
        case "items" -> ElementKeywords.items(context, node);
        case "prefixItems" -> ElementKeywords.prefixItems(context, node);
        case "unevaluatedItems", "unevaluatedProperties" -> unevaluated(context, keyword, node);
        case "uniqueItems" ->
            Optional.of(node.isBoolean() && node.asBoolean() ? Keywords::unique : NOTHING);
        default -> Optional.empty();
      };
    } catch (PatternSyntaxException notAPattern) {
      return Optional.of(NOTHING); // told by the schema of schemas, where this is a schema at all
    }
  }

  private Optional<Evaluator> unevaluated(
      SchemaParsingContext context, String keyword, JsonNode node) {
    Optional<Evaluator> own =
        unevaluated.take(
            context.getAbsoluteUri(node), keyword, OTHERS.create(context, keyword, node));
    return own.or(() ->
        keyword.equals("unevaluatedItems")
            ? ElementKeywords.unevaluatedItems(context, node, unevaluated)
            : MemberKeywords.unevaluatedProperties(context, node, unevaluated));
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
        return pattern.find(node.asString(), Checking.of(node).steps())
            ? Evaluator.Result.success()
            : Evaluator.Result.failure("should match " + Words.shortened(expression));
      } catch (SafePattern.SpentException spent) {
        return Evaluator.Result.failure("takes too long to be matched; make it shorter");
      }
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
}

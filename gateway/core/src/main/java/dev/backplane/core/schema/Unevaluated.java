package dev.backplane.core.schema;

import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonObject;
import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.Validator;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the parts of a value that no other keyword has looked at. Only the validator knows: its own
 * keywords, of a schema that allows every part, are shown the value, and what they ask for is seen.
 */
final class Unevaluated {
  private static final String SCHEMA = "backplane:unevaluated";

  private final Map<String, Evaluator> keywords = new HashMap<>();

  /** Makes the validator make its own keywords, once and before it reads other schemas. */
  static void register(Validator validator) {
    JsonObject all =
        JsonObject.of("unevaluatedItems", JsonBoolean.TRUE)
            .with("unevaluatedProperties", JsonBoolean.TRUE);
    validator.registerSchema(URI.create(SCHEMA), SchemaNode.of(all));
  }

  /** Keeps the validator's own keywords when they are made; none for all other schemas. */
  Optional<Evaluator> take(String place, String keyword, Optional<Evaluator> own) {
    if (!place.startsWith(SCHEMA)) {
      return Optional.empty();
    }
    own.ifPresent(evaluator -> keywords.put(keyword, evaluator));
    return own;
  }

  /** An object's members that are left, in their order. */
  List<Map.Entry<String, JsonNode>> members(EvaluationContext evaluation, JsonNode object) {
    List<Map.Entry<String, JsonNode>> left = new ArrayList<>();
    Map<String, JsonNode> members = new WatchedMap(object.asObject(), left);
    look("unevaluatedProperties", evaluation, new WatchedNode(object, members, List.of()));
    return left;
  }

  /** The numbers of an array's elements that are left, in their order. */
  List<Integer> elements(EvaluationContext evaluation, JsonNode array) {
    List<Integer> left = new ArrayList<>();
    List<JsonNode> elements = new WatchedList(array.asArray(), left);
    look("unevaluatedItems", evaluation, new WatchedNode(array, Map.of(), elements));
    return left;
  }

  private void look(String keyword, EvaluationContext evaluation, JsonNode node) {
    Optional.ofNullable(keywords.get(keyword)).orElseThrow().evaluate(evaluation, node);
  }

  /** A keyword that comes after those that it depends on. */
  record Last(Evaluator keyword) implements Evaluator {
    @Override
    public Result evaluate(EvaluationContext evaluation, JsonNode node) {
      return keyword.evaluate(evaluation, node);
    }

    @Override
    public int getOrder() {
      return 30;
    }
  }
}

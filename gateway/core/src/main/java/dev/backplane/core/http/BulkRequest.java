package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a POST of {@code _bulk} asks for as a whole.
 *
 * @param operations the operations, each as the client wrote it
 * @param atomic whether all of them are to be done or none
 */
record BulkRequest(JsonArray operations, boolean atomic) {
  private static final String ATOMIC = "_atomic";

  static BulkRequest read(Exchange exchange, ServedResource resource) {
    boolean atomic = isAtomic(QueryWords.parse(exchange.query()));
    OptionalInt mostAtOnce = resource.store().mostWrites();
    if (atomic && mostAtOnce.isEmpty()) {
      throw HttpProblem.badRequest(
          "The backend of this resource cannot do several writes as one, as "
              + ATOMIC
              + " asks for. Without it each write succeeds or fails by itself.");
    }
    int most = resource.mapping().writes().maxBulkSize();
    if (atomic) {
      most = Math.min(most, mostAtOnce.getAsInt());
    }
    if (!(exchange.json() instanceof JsonArray operations)) {
      throw HttpProblem.badRequest("The body should be an array of operations.");
    }
    if (operations.elements().size() > most) {
      throw new HttpProblem(
          413,
          atomic
              ? "At most " + most + " operations can be done as one here."
              : "One request may have at most " + most + " operations here: send several.");
    }
    return new BulkRequest(operations, atomic);
  }

  /** Refuses the whole when the caller may not do one of the operations. */
  void requireAll(ServedResource resource) {
    for (JsonValue element : operations.elements()) {
      if (element instanceof JsonObject operation) {
        String word = operation.get("op").flatMap(JsonValue::text).orElse("");
        Arrays.stream(Operation.values())
            .filter(each -> each.word().equals(word))
            .forEach(resource::require);
      }
    }
  }

  private static boolean isAtomic(QueryWords words) {
    for (String word : words.values().keySet()) {
      if (!word.equals(ATOMIC)) {
        throw HttpProblem.badRequest(
            FieldWords.quoted(word) + " is not a word of a _bulk, which may have " + ATOMIC + ".");
      }
    }
    String value = words.single(ATOMIC).orElse("false");
    if (!List.of("true", "false").contains(value)) {
      throw HttpProblem.badRequest(ATOMIC + " should be true or false.");
    }
    return value.equals("true");
  }
}

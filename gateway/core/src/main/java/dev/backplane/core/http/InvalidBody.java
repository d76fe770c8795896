package dev.backplane.core.http;

import dev.backplane.core.schema.Violation;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The problem of a body that is not as it should be: what is wanted, place by place. */
final class InvalidBody {
  /** How many places are told of; whoever sends more mistakes than that mends those first. */
  static final int MOST = 50;

  private static final int MOST_IN_DETAIL = 3;
  private static final int MOST_OF_A_PLACE = 3;

  /** A name is the client's and may be very long; its answer is not. */
  private static final int LONGEST_PLACE = 500;

  private InvalidBody() {}

  static HttpProblem problem(List<Violation> violations) {
    Map<String, List<String>> places = new LinkedHashMap<>();
    for (Violation violation : violations) {
      if (places.size() == MOST) {
        break;
      }
      List<String> messages =
          places.computeIfAbsent(bounded(violation.pointer()), none -> new ArrayList<>());
      if (messages.size() < MOST_OF_A_PLACE && !messages.contains(violation.message())) {
        messages.add(violation.message());
      }
    }
    return new HttpProblem(422, detail(places), Map.of(), members(places));
  }

  /** By field for forms, which name a field of an object with a dot; by pointer for programs. */
  private static JsonObject members(Map<String, List<String>> places) {
    JsonObject.Builder errors = JsonObject.builder();
    List<JsonValue> violations = new ArrayList<>();
    places.forEach((place, messages) -> {
      JsonString message = new JsonString(String.join(", and ", messages));
      errors.put(field(place), message);
      violations.add(
          JsonObject.builder()
              .put("pointer", new JsonString(place))
              .put("detail", message)
              .build());
    });
    return JsonObject.builder()
        .put("errors", errors.build())
        .put("violations", new JsonArray(violations))
        .build();
  }

  private static String field(String pointer) {
    return pointer.isEmpty()
        ? ""
        : pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
  }

  /** The nearest place around it whose name is of a length that can be sent. */
  private static String bounded(String pointer) {
    return pointer.length() <= LONGEST_PLACE
        ? pointer
        : pointer.substring(0, Math.max(0, pointer.lastIndexOf('/', LONGEST_PLACE)));
  }

  /** For clients that show one text: the first ones in words. */
  private static String detail(Map<String, List<String>> places) {
    List<String> sentences = new ArrayList<>();
    places.forEach((place, messages) -> {
      if (sentences.size() < MOST_IN_DETAIL) {
        String name = place.isEmpty() ? "The item" : '"' + field(place) + '"';
        sentences.add(name + " " + String.join(", and ", messages));
      }
    });
    int more = places.size() - sentences.size();
    return String.join("; ", sentences) + (more > 0 ? "; and " + more + " more" : "") + ".";
  }
}

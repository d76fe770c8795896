package dev.backplane.core.http;

import dev.backplane.core.schema.Violation;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
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
    JsonObject.Builder errors = JsonObject.builder();
    places.forEach(
        (place, messages) -> errors.put(place, new JsonString(String.join(", and ", messages))));
    return new HttpProblem(422, detail(places), Map.of(), JsonObject.of("errors", errors.build()));
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
        String name = place.isEmpty() ? "The item" : '"' + place.substring(1) + '"';
        sentences.add(name + " " + String.join(", and ", messages));
      }
    });
    int more = places.size() - sentences.size();
    return String.join("; ", sentences) + (more > 0 ? "; and " + more + " more" : "") + ".";
  }
}

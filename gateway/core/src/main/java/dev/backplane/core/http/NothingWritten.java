package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.Collectors;

/** The problem of many writes none of which was done, with what is wrong with each. */
final class NothingWritten {
  /** What says the same of all writes together as of each. */
  private static final Set<Integer> COMMON = Set.of(400, 422);

  private NothingWritten() {}

  /**
   * Makes the problem.
   *
   * @param elements the operations
   * @param problems what is wrong, by the index of the operation; one or more
   * @param results tells of each
   */
  static HttpProblem problem(
      List<JsonValue> elements, NavigableMap<Integer, HttpProblem> problems, BulkResults results) {
    List<JsonValue> told = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      JsonValue element = elements.get(i);
      told.add(
          problems.containsKey(i)
              ? results.failed(element, problems.get(i))
              : BulkResults.notDone(element));
    }
    HttpProblem first = problems.firstEntry().getValue();
    String which =
        problems.size() == 1
            ? "the operation at index %d".formatted(problems.firstKey())
            : "%d operations, the first at index %d,"
                .formatted(problems.size(), problems.firstKey());
    return new HttpProblem(
        status(problems),
        "Nothing was written, as " + which + " cannot be done: " + first.detail(),
        Map.of(),
        JsonObject.of("results", new JsonArray(told)));
  }

  private static int status(Map<Integer, HttpProblem> problems) {
    Set<Integer> all =
        problems.values().stream().map(HttpProblem::status).collect(Collectors.toSet());
    return all.size() == 1 && COMMON.containsAll(all) ? all.iterator().next() : 409;
  }
}

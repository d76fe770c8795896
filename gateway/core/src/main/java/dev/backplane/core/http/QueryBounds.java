package dev.backplane.core.http;

import dev.backplane.core.mapping.ResourceMapping;
import java.util.List;

/** Keeps a query within bounds while it is read; for one query on one thread. */
final class QueryBounds {
  /** About what API Gateway lets through, so that the answer is the same on every way in. */
  static final int MAX_URL_LENGTH = 10_000;

  private static final int MAX_DEPTH = 10;
  private static final int MAX_CONDITIONS = 200;
  private static final int MAX_VALUES = 1000;

  /** Each is looked for in the whole of a text, item by item. */
  static final int MAX_SEARCHES = 20;

  /** Patterns are matched in time that grows with their length, item by item. */
  private static final int MAX_VALUE_LENGTH = 2000;

  /** As deep as the nearest bound of a backend: DynamoDB's. */
  private static final int MAX_FIELD_DEPTH = 32;

  private static final int MAX_SORT_FIELDS = 10;
  private static final int MAX_FIELDS = 200;

  private final int status;
  private final int maxValues;
  private int groups;
  private int conditions;
  private int values;
  private int searches;

  private QueryBounds(int status, ResourceMapping resource) {
    this.status = status;
    // a list of ids may be as long as a page
    this.maxValues = Math.max(MAX_VALUES, resource.lists().maxPageSize());
  }

  static QueryBounds ofUrl(ResourceMapping resource) {
    return new QueryBounds(414, resource);
  }

  static QueryBounds ofBody(ResourceMapping resource) {
    return new QueryBounds(400, resource);
  }

  /** Checks the length of a URL's query, which is still encoded. */
  static void checkUrl(String query) {
    if (query.length() > MAX_URL_LENGTH) {
      throw new HttpProblem(
          414,
          "The query of the URL is longer than "
              + MAX_URL_LENGTH
              + " characters; send a longer one as the JSON body of POST"
              + " /api/{resource}/_query.");
    }
  }

  /** Counts one condition and what it compares with. */
  void condition(List<String> operands) {
    conditions++;
    values += operands.size();
    check(conditions, MAX_CONDITIONS, "A filter has at most %d conditions.");
    check(values, maxValues, "The conditions of a filter have at most %d values in all.");
    for (String operand : operands) {
      check(
          operand.length(), MAX_VALUE_LENGTH, "A value in a condition has at most %d characters.");
    }
  }

  /** Counts texts that are to be found within others. */
  void searches(int count) {
    searches += count;
    check(searches, MAX_SEARCHES, "A filter looks for at most %d texts within others.");
  }

  /** Counts one object of conditions, at its depth. */
  void group(int depth) {
    groups++;
    check(groups, MAX_CONDITIONS, "A filter has at most %d objects of conditions.");
    check(depth, MAX_DEPTH, "A filter has at most %d levels of conditions within conditions.");
  }

  void fieldDepth(int depth) {
    check(depth, MAX_FIELD_DEPTH, "A field of a query is at most %d levels deep.");
  }

  void sortFields(int count) {
    check(count, MAX_SORT_FIELDS, "A list is sorted by at most %d fields.");
  }

  void fields(int count) {
    check(count, MAX_FIELDS, "At most %d fields can be picked by name.");
  }

  private void check(int count, int bound, String message) {
    if (count > bound) {
      throw new HttpProblem(status, message.formatted(bound));
    }
  }
}

package dev.backplane.benchmarks.dynamodb;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The items that the stub gives out and that the clients write: the same each time. */
public final class Samples {
  /** How many items a page has. */
  public static final int PAGE = 25;

  static final int BATCH = 100;

  private static final List<String> CITIES = List.of("Oslo", "Rome", "Lima", "Kyiv");

  private Samples() {}

  /**
   * An id.
   *
   * @param n which item
   * @return its id
   */
  public static String id(int n) {
    return "u%05d".formatted(n);
  }

  static String city(int n) {
    return CITIES.get(n % CITIES.size());
  }

  static int age(int n) {
    return 18 + n % 60;
  }

  /** As DynamoDB gives it. */
  static String attributes(int n) {
    return """
    {"id":{"S":"%s"},"name":{"S":"User %d"},"email":{"S":"user%d@example.com"},\
    "age":{"N":"%d"},"active":{"BOOL":%s},\
    "address":{"M":{"city":{"S":"%s"},"zip":{"S":"%d"}}},\
    "tags":{"L":[{"S":"a"},{"S":"t%d"}]},\
    "_version":{"S":"6f1c35a8-9f5b-4c56-9d0e-%012d"}}\
    """
        .formatted(id(n), n, n, age(n), n % 3 == 0, city(n), 10_000 + n, n % 10, n);
  }

  static String attributes(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(Samples::attributes)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /**
   * An item as a client sends it.
   *
   * @param n which item
   * @return its JSON
   */
  public static String body(int n) {
    return """
    {"id":"%s","name":"User %d","email":"user%d@example.com","age":%d,"active":%s,\
    "address":{"city":"%s","zip":"%d"},"tags":["a","t%d"]}\
    """
        .formatted(id(n), n, n, age(n), n % 3 == 0, city(n), 10_000 + n, n % 10);
  }
}

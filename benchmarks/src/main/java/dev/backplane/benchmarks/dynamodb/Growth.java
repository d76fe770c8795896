package dev.backplane.benchmarks.dynamodb;

import dev.backplane.benchmarks.dynamodb.Programs.Program;
import dev.backplane.plugin.dynamodb.LocalTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whether a page costs more in a large table than in a small one, on DynamoDB Local: time through
 * the gateway, and what the gateway says the page took. Run from the root of the checkout.
 */
public final class Growth {
  private static final int SMALL = 10_000;
  private static final int CALLS = 200;

  private static final List<String> PAGES =
      List.of(
          "city=Oslo",
          "city=Oslo&joined:gte=4000",
          "city=Oslo&_sort=-joined",
          "city=Oslo&active=true",
          "id=u00042",
          "");

  private Growth() {}

  /**
   * Fills the tables where that was not done before, which takes minutes, and measures.
   *
   * @param args how many items the large table has, and the directory of the tables
   * @throws Exception when something does not answer as it should
   */
  public static void main(String[] args) throws Exception {
    int large = Integer.parseInt(args[0]);
    Path home = Path.of(".backplane", "dynamodb-local");
    Path data = Path.of(args[1]);
    try (Programs programs = new Programs();
        LocalTables tables = new LocalTables(home, data)) {
      fill(tables, "small", SMALL);
      fill(tables, "large", large);
      Program gateway = programs.gateway("growth", mapping(tables));
      try (HttpCalls client = new HttpCalls(gateway.port())) {
        System.out.printf("%nA page of 25 out of %,d and out of %,d items%n", SMALL, large);
        System.out.printf("  %-24s%10s%10s%8s  %s%n", "", "small ms", "large ms", "ratio", "plans");
        for (String page : PAGES) {
          compare(client, page);
        }
      }
    }
  }

  private static void fill(LocalTables tables, String table, int count) throws Exception {
    long began = System.nanoTime();
    tables.fill(table, count, Growth::item);
    System.out.printf(
        "The table \"%s\" has %,d items after %d s%n",
        table, count, (System.nanoTime() - began) / 1_000_000_000);
  }

  private static Map<String, AttributeValue> item(int n) {
    return Map.of(
        "id", AttributeValue.fromS(Samples.id(n)),
        "name", AttributeValue.fromS("User " + n),
        "active", AttributeValue.fromBool(n % 3 == 0),
        "city", AttributeValue.fromS(Samples.city(n)),
        "joined", AttributeValue.fromN(Integer.toString(n)));
  }

  /** In turn, so that both see the same machine. */
  private static void compare(HttpCalls client, String page) throws IOException {
    String small = "/api/small?_limit=25&" + page;
    String large = "/api/large?_limit=25&" + page;
    long[] smallTimes = new long[CALLS];
    long[] largeTimes = new long[CALLS];
    for (int i = -CALLS; i < CALLS; i++) {
      long began = System.nanoTime();
      MessageReader unused = client.get(small);
      long between = System.nanoTime();
      MessageReader unusedToo = client.get(large);
      if (i >= 0) {
        smallTimes[i] = between - began;
        largeTimes[i] = System.nanoTime() - between;
      }
    }
    String smallPlan = plan(client, small);
    String largePlan = plan(client, large);
    System.out.printf(
        "  %-24s%10.2f%10.2f%8.2f  %s%n",
        page.isEmpty() ? "(all)" : page,
        median(smallTimes),
        median(largeTimes),
        median(largeTimes) / median(smallTimes),
        smallPlan.equals(largePlan) ? "both " + largePlan : smallPlan + " | " + largePlan);
  }

  private static String plan(HttpCalls client, String path) throws IOException {
    return client.get(path).between("\r\nbackplane-plan: ", "\r\n").orElse("no plan");
  }

  private static double median(long[] times) {
    Arrays.sort(times);
    return times[times.length / 2] / 1e6;
  }

  private static String mapping(LocalTables tables) {
    StringBuilder yaml =
        new StringBuilder(
            """
            cursor-secret: only for this benchmark
            services:
              dynamodb:
                settings:
                  region: us-east-1
                  endpoint: %s
                  access-key: local
                  secret-key: local
                  indexes:
                    by-city: {key: city, sort-key: joined, sort-key-type: number, complete: true}
            resources:
            """
                .formatted(tables.endpoint()));
    for (String table : List.of("small", "large")) {
      yaml.append(
          "  %s: {service: dynamodb, count: none, settings: {table: %s}}%n"
              .formatted(table, table));
    }
    return yaml.toString();
  }
}

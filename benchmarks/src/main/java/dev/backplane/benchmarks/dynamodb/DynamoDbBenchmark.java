package dev.backplane.benchmarks.dynamodb;

import dev.backplane.benchmarks.dynamodb.Load.Result;
import dev.backplane.benchmarks.dynamodb.Programs.Program;
import dev.backplane.plugin.dynamodb.InProcess;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the gateway adds to a call of DynamoDB's SDK, against a stub that answers at once. Three
 * ways to the same stub: the SDK's call as it is, the plugin's store without HTTP, and HTTP through
 * the gateway's server. Run from the root of the checkout.
 */
public final class DynamoDbBenchmark {
  private static final int ROUNDS = environment("ROUNDS", 5);
  private static final int SECONDS = environment("SECONDS", 3);
  private static final int WARM_UP = environment("WARM_UP", 100_000);
  private static final int CLIENTS = environment("CLIENTS", 32);

  private DynamoDbBenchmark() {}

  /**
   * Starts what is measured, measures it and prints what came out.
   *
   * @param args the operations to measure, such as {@code get list}; none: all of them
   * @throws Exception when something does not answer as it should, or a batch is not one call
   */
  public static void main(String[] args) throws Exception {
    try (Programs programs = new Programs()) {
      Program stub = programs.stub();
      Map<String, String> settings = settings(stub.port());
      Program bare = programs.bareRoute(stub);
      Program gateway = programs.gateway("gateway", mapping(settings));
      batchIsOneCall(stub, gateway);
      ProcessHandle self = ProcessHandle.current();
      List<String> ids = IntStream.range(0, Samples.BATCH).mapToObj(Samples::id).toList();
      try (InProcess local =
          new InProcess(settings, Samples.id(42), Samples.body(42), ids, Samples.PAGE)) {
        compare(
            Operation.named(args),
            List.of(
                new Target("sdk", List.of(self, stub.process()), local::sdk),
                new Target("plugin", List.of(self, stub.process()), local::store),
                new Target(
                    "bare",
                    List.of(self, bare.process(), stub.process()),
                    () -> new HttpCalls(bare.port())),
                new Target(
                    "gateway",
                    List.of(self, gateway.process(), stub.process()),
                    () -> new HttpCalls(gateway.port()))));
      }
    }
  }

  /** How the plugin and the SDK reach the stub. */
  static Map<String, String> settings(int stubPort) {
    return Map.of(
        "region", "eu-west-1",
        // at a local endpoint the plugin would ask first whether the table is there
        "create-tables", "false",
        "endpoint", "http://127.0.0.1:" + stubPort,
        "access-key", "local",
        "secret-key", "local");
  }

  private static void compare(List<Operation> operations, List<Target> targets) throws Exception {
    for (Operation operation : operations) {
      for (Target target : targets) {
        new Load(target, operation).warmUp(CLIENTS, WARM_UP);
      }
    }
    Map<Operation, Comparison> one = new EnumMap<>(Operation.class);
    Map<Operation, Comparison> many = new EnumMap<>(Operation.class);
    for (Operation operation : operations) {
      one.put(operation, Comparison.run(targets, operation, 1, ROUNDS, SECONDS));
      many.put(operation, Comparison.run(targets, operation, CLIENTS, ROUNDS, SECONDS));
    }
    printTimes(one);
    printRates(many);
  }

  private static void printTimes(Map<Operation, Comparison> comparisons) {
    System.out.println("\nOne client, milliseconds a call: p50 (p99)");
    System.out.printf(
        "  %-12s%16s%16s%16s%16s%14s%14s%n",
        "", "sdk", "plugin", "bare route", "gateway", "bare adds", "gateway adds");
    comparisons.forEach((operation, comparison) ->
        System.out.printf(
            "  %-12s%16s%16s%16s%16s%14.3f%14.3f%n",
            operation.title(),
            times(comparison, "sdk"),
            times(comparison, "plugin"),
            times(comparison, "bare"),
            times(comparison, "gateway"),
            comparison.added("sdk", "bare", Result::p50),
            comparison.added("sdk", "gateway", Result::p50)));
  }

  private static String times(Comparison comparison, String target) {
    return "%.3f (%.3f)"
        .formatted(comparison.median(target, Result::p50), comparison.median(target, Result::p99));
  }

  private static void printRates(Map<Operation, Comparison> comparisons) {
    System.out.printf("%n%d clients, calls a second (microseconds of processor a call)%n", CLIENTS);
    System.out.printf(
        "  %-12s%16s%16s%16s%16s%14s%14s%14s%n",
        "", "sdk", "plugin", "bare route", "gateway", "bare : sdk", "gateway : sdk", "gw : bare");
    comparisons.forEach((operation, comparison) ->
        System.out.printf(
            "  %-12s%16s%16s%16s%16s%14s%14s%14s%n",
            operation.title(),
            rates(comparison, "sdk"),
            rates(comparison, "plugin"),
            rates(comparison, "bare"),
            rates(comparison, "gateway"),
            share(comparison, "sdk", "bare"),
            share(comparison, "sdk", "gateway"),
            share(comparison, "bare", "gateway")));
  }

  /** Of calls a second and, in parentheses, of processor time. */
  private static String share(Comparison comparison, String of, String target) {
    return "%.0f %% (%.0f %%)"
        .formatted(
            100 * comparison.ratio(of, target, Result::rate),
            100 / comparison.ratio(of, target, Result::processor));
  }

  private static String rates(Comparison comparison, String target) {
    return "%.0f (%.0f)"
        .formatted(
            comparison.median(target, Result::rate), comparison.median(target, Result::processor));
  }

  private static void batchIsOneCall(Program stub, Program gateway) throws Exception {
    try (HttpCalls counts = new HttpCalls(stub.port());
        HttpCalls client = new HttpCalls(gateway.port())) {
      client.batch();
      String calls = counts.get("/").body();
      if (!calls.equals("{BatchGetItem=1}")) {
        throw new IllegalStateException("a list of 100 ids took these calls: " + calls);
      }
      System.out.println("A list of 100 ids is one call: " + calls);
    }
  }

  /** Without a count, which takes further calls of any list. */
  private static String mapping(Map<String, String> settings) {
    StringBuilder yaml =
        new StringBuilder(
            """
            cursor-secret: only for this benchmark
            resources:
              items:
                service: dynamodb
                count: none
                settings:
            """);
    settings.forEach((key, value) -> yaml.append("      %s: %s%n".formatted(key, value)));
    return yaml.toString();
  }

  private static int environment(String name, int fallback) {
    String text = System.getenv(name);
    return text == null || text.isBlank() ? fallback : Integer.parseInt(text);
  }
}

package dev.backplane.benchmarks.lambda;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints what was measured, and the ratios that are aimed at. */
final class Report {
  private Report() {}

  static void print(Map<String, List<Figures>> all) {
    System.out.printf(
        "  %-18s%22s%18s%16s%16s%8s%9s%n",
        "", "first answer, ms", "CPU-ms", "warm p50, ms", "warm p99, ms", "MB", "classes");
    all.forEach((name, runs) ->
        System.out.printf(
            "  %-18s%22s%18s%16.3f%16.3f%8.0f%9d%n",
            name,
            spread(runs, Figures::firstMillis),
            spread(runs, Figures::processorMillis),
            Figures.median(runs, Figures::p50),
            Figures.median(runs, Figures::p99),
            Figures.median(runs, Figures::megabytes),
            runs.getFirst().classes()));
    System.out.println("  Ratios, medians over the rounds: of the first answers (of CPU-ms)");
    ratio(all, "memory", "hello", "aim: at most 3.5");
    ratio(all, "memory-aot", "hello", "aim: at most 2");
    ratio(all, "memory-aot", "hello-aot", "");
    ratio(all, "table", "getitem", "aim: at most 1.25");
    ratio(all, "table-aot", "getitem-aot", "");
    ratio(all, "spring", "memory", "aim: at least 4");
    ratio(all, "spring-aot", "memory-aot", "aim: at least 4");
    for (String name : List.of("memory", "memory-aot", "table", "table-aot")) {
      ratio(all, name, name + "-before", "");
    }
    added(all, "memory", "hello");
    added(all, "memory-aot", "hello-aot");
    added(all, "table", "getitem");
    added(all, "table-aot", "getitem-aot");
  }

  private static String spread(List<Figures> runs, ToDoubleFunction<Figures> figure) {
    return "%.0f (%.0f–%.0f)"
        .formatted(
            Figures.median(runs, figure),
            Figures.quantile(runs, figure, 0.25),
            Figures.quantile(runs, figure, 0.75));
  }

  private static void ratio(Map<String, List<Figures>> all, String one, String other, String aim) {
    if (all.containsKey(one) && all.containsKey(other)) {
      System.out.printf(
          "    %-32s%8.2f (%.2f)  %s%n",
          one + " : " + other,
          Figures.ratio(all.get(one), all.get(other), Figures::firstMillis),
          Figures.ratio(all.get(one), all.get(other), Figures::processorMillis),
          aim);
    }
  }

  /** What a call takes more; the other does the store's part only. */
  private static void added(Map<String, List<Figures>> all, String one, String other) {
    if (all.containsKey(one)
        && all.containsKey(other)
        && Figures.median(all.get(one), Figures::p50) > 0) {
      System.out.printf(
          "    %-32s%8.3f ms added at p50  aim: under 0.15%n",
          one + " - " + other,
          Figures.median(all.get(one), Figures::p50)
              - Figures.median(all.get(other), Figures::p50));
    }
  }
}

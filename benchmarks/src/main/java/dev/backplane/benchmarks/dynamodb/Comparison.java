package dev.backplane.benchmarks.dynamodb;

import dev.backplane.benchmarks.dynamodb.Load.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The same operation by each target in turn, round by round, so that all see the same machine.
 * Every figure is a median over the rounds; a difference or a ratio is taken within one round.
 */
final class Comparison {
  private final Map<String, List<Result>> results = new LinkedHashMap<>();

  private Comparison(List<Target> targets) {
    targets.forEach(target -> results.put(target.name(), new ArrayList<>()));
  }

  static Comparison run(
      List<Target> targets, Operation operation, int clients, int rounds, double seconds)
      throws Exception {
    Comparison comparison = new Comparison(targets);
    for (int round = 0; round < rounds; round++) {
      for (Target target : targets) {
        comparison
            .results
            .get(target.name())
            .add(new Load(target, operation).run(clients, seconds));
      }
    }
    return comparison;
  }

  double median(String target, ToDoubleFunction<Result> figure) {
    return median(results.get(target).stream().mapToDouble(figure).toArray());
  }

  /** By how much a figure of a target is greater than that of another. */
  double added(String than, String target, ToDoubleFunction<Result> figure) {
    return between(than, target, (first, second) -> second - first, figure);
  }

  /** How many times the figure of a target another one's is. */
  double ratio(String of, String target, ToDoubleFunction<Result> figure) {
    return between(of, target, (first, second) -> second / first, figure);
  }

  private double between(
      String one,
      String other,
      java.util.function.DoubleBinaryOperator operator,
      ToDoubleFunction<Result> figure) {
    List<Result> first = results.get(one);
    List<Result> second = results.get(other);
    double[] each = new double[first.size()];
    for (int round = 0; round < each.length; round++) {
      each[round] =
          operator.applyAsDouble(
              figure.applyAsDouble(first.get(round)), figure.applyAsDouble(second.get(round)));
    }
    return median(each);
  }

  private static double median(double[] numbers) {
    java.util.Arrays.sort(numbers);
    return numbers[numbers.length / 2];
  }
}

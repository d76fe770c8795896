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
  private final List<Target> targets;
  private final Map<String, List<Result>> results = new LinkedHashMap<>();

  private Comparison(List<Target> targets) {
    this.targets = targets;
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

  /** By how much a figure of the last target is greater than the first one's. */
  double added(ToDoubleFunction<Result> figure) {
    return between((first, last) -> last - first, figure);
  }

  /** How many times the first target's figure the last one's is. */
  double ratio(ToDoubleFunction<Result> figure) {
    return between((first, last) -> last / first, figure);
  }

  private double between(
      java.util.function.DoubleBinaryOperator operator, ToDoubleFunction<Result> figure) {
    List<Result> first = results.get(targets.getFirst().name());
    List<Result> last = results.get(targets.getLast().name());
    double[] each = new double[first.size()];
    for (int round = 0; round < each.length; round++) {
      each[round] =
          operator.applyAsDouble(
              figure.applyAsDouble(first.get(round)), figure.applyAsDouble(last.get(round)));
    }
    return median(each);
  }

  private static double median(double[] numbers) {
    java.util.Arrays.sort(numbers);
    return numbers[numbers.length / 2];
  }
}

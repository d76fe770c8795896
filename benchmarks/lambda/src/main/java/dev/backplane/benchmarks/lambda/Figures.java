package dev.backplane.benchmarks.lambda;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a function showed.
 *
 * @param firstMillis from the start of its process to its first answer
 * @param processorMillis what the process took until then, of all its threads, in user and kernel
 * @param p50 of the calls that followed, in milliseconds; 0 when there were none
 * @param p99 of the same
 * @param megabytes its resident memory at the end
 * @param classes how many it had loaded at the end; 0 when nobody looked
 */
record Figures(
    double firstMillis,
    double processorMillis,
    double p50,
    double p99,
    double megabytes,
    int classes) {
  static double median(List<Figures> runs, ToDoubleFunction<Figures> figure) {
    return quantile(runs, figure, 0.5);
  }

  static double quantile(List<Figures> runs, ToDoubleFunction<Figures> figure, double share) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    double place = share * (sorted.length - 1);
    int below = (int) place;
    double above = sorted[Math.min(below + 1, sorted.length - 1)];
    return sorted[below] + (place - below) * (above - sorted[below]);
  }

  /** The median of the ratios of the runs of the same rounds. */
  static double ratio(List<Figures> one, List<Figures> other, ToDoubleFunction<Figures> figure) {
    double[] ratios = new double[Math.min(one.size(), other.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(one.get(i)) / figure.applyAsDouble(other.get(i));
    }
    Arrays.sort(ratios);
    return ratios[ratios.length / 2];
  }
}

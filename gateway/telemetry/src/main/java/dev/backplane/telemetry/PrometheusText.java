package dev.backplane.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Writes metrics of OpenTelemetry as Prometheus reads them, named by OpenTelemetry's rules for
 * that: points become underscores, and the unit comes last. OpenTelemetry's own exporter is not
 * stable yet. The writing itself is Prometheus's.
 */
final class PrometheusText {
  /** What the units of OpenTelemetry are in names; those in braces only say what is counted. */
  private static final Map<String, String> UNITS =
      Map.of("s", "_seconds", "By", "_bytes", "1", "_ratio");

  private static final String INFO = ".info";

  private final ExpositionFormats formats = ExpositionFormats.init();

  /** In the newest format that is accepted. */
  Scrape write(Collection<MetricData> metrics, String accept) {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      MetricSnapshots snapshots =
          new MetricSnapshots(metrics.stream().map(PrometheusText::snapshot).toList());
      writer.write(out, snapshots);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // the stream is memory
    }
    return new Scrape(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
  }

  private static MetricSnapshot snapshot(MetricData metric) {
    return switch (metric.getType()) {
      case LONG_GAUGE ->
          metric.getName().endsWith(INFO)
              ? info(metric)
              : longs(metric, metric.getLongGaugeData().getPoints());
      case DOUBLE_GAUGE -> doubles(metric, metric.getDoubleGaugeData().getPoints());
      case LONG_SUM -> sum(metric, metric.getLongSumData());
      case HISTOGRAM -> histogram(metric);
      case DOUBLE_SUM, SUMMARY, EXPONENTIAL_HISTOGRAM ->
          throw new IllegalStateException(metric.getName() + " is of a type that none has here");
    };
  }

  private static MetricSnapshot info(MetricData metric) {
    String name = metric.getName().substring(0, metric.getName().length() - INFO.length());
    return new InfoSnapshot(
        new MetricMetadata(underscored(name), metric.getDescription()),
        metric.getLongGaugeData().getPoints().stream()
            .map(point -> new InfoDataPointSnapshot(labels(point)))
            .toList());
  }

  private static MetricSnapshot sum(MetricData metric, SumData<LongPointData> sum) {
    if (!sum.isMonotonic()) {
      return longs(metric, sum.getPoints());
    }
    return new CounterSnapshot(
        metadata(metric),
        sum.getPoints().stream()
            .map(point -> new CounterDataPointSnapshot(point.getValue(), labels(point), null, 0))
            .toList());
  }

  private static MetricSnapshot longs(MetricData metric, Collection<LongPointData> points) {
    return new GaugeSnapshot(
        metadata(metric),
        points.stream()
            .map(point -> new GaugeDataPointSnapshot(point.getValue(), labels(point), null))
            .toList());
  }

  private static MetricSnapshot doubles(MetricData metric, Collection<DoublePointData> points) {
    return new GaugeSnapshot(
        metadata(metric),
        points.stream()
            .map(point -> new GaugeDataPointSnapshot(point.getValue(), labels(point), null))
            .toList());
  }

  private static MetricSnapshot histogram(MetricData metric) {
    return new HistogramSnapshot(
        metadata(metric),
        metric.getHistogramData().getPoints().stream()
            .map(point ->
                new HistogramDataPointSnapshot(
                    buckets(point), point.getSum(), labels(point), null, 0))
            .toList());
  }

  private static ClassicHistogramBuckets buckets(HistogramPointData point) {
    List<Long> counts = point.getCounts();
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < counts.size(); i++) {
      boolean isLast = i == point.getBoundaries().size();
      buckets.bucket(
          isLast ? Double.POSITIVE_INFINITY : point.getBoundaries().get(i), counts.get(i));
    }
    return buckets.build();
  }

  private static MetricMetadata metadata(MetricData metric) {
    String name = underscored(metric.getName()) + UNITS.getOrDefault(metric.getUnit(), "");
    return new MetricMetadata(name, metric.getDescription());
  }

  private static Labels labels(PointData point) {
    Labels.Builder labels = Labels.builder();
    Attributes attributes = point.getAttributes();
    attributes.forEach(
        (key, value) -> labels.label(underscored(key.getKey()), String.valueOf(value)));
    return labels.build();
  }

  private static String underscored(String name) {
    return name.replace('.', '_');
  }
}

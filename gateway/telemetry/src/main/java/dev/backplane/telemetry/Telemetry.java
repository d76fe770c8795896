package dev.backplane.telemetry;

import dev.backplane.core.StoreObserver;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Metrics and traces of one server. Metrics can be read as Prometheus does; they and the spans are
 * sent where the variables of OpenTelemetry say. Safe for use by many threads.
 */
public final class Telemetry implements StoreObserver, AutoCloseable {
  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed";

  private static final Duration FLUSH = Duration.ofSeconds(5);

  private final OpenTelemetrySdk sdk;
  private final ScrapedMetrics scraped;
  private final PrometheusText prometheus = new PrometheusText();
  private final Instruments instruments;
  private final Traces traces;
  private final LongCounter reloads;
  private final AtomicBoolean lastReloadSucceeded = new AtomicBoolean(true);
  private final AtomicLong lastReload = new AtomicLong(Instant.now().getEpochSecond());
  private volatile Supplier<List<StoreState>> stores = List::of;

  private Telemetry(OpenTelemetrySdk sdk, ScrapedMetrics scraped, TelemetryOptions options) {
    this.sdk = sdk;
    this.scraped = scraped;
    Meter meter = sdk.getMeter(Names.SCOPE);
    this.instruments = new Instruments(meter);
    TracerProvider tracers = options.isExported() ? sdk.getTracerProvider() : TracerProvider.noop();
    this.traces = new Traces(tracers.get(Names.SCOPE), sdk.getPropagators().getTextMapPropagator());
    this.reloads =
        meter
            .counterBuilder("backplane.reloads")
            .setDescription("Changes of the mapping or of plugins, taken in or refused")
            .setUnit("{reload}")
            .build();
    // so that there is a first value to compare with
    reloads.add(0, Attributes.of(Names.OUTCOME, SUCCEEDED));
    reloads.add(0, Attributes.of(Names.OUTCOME, FAILED));
    state(meter, options);
    JavaMetrics.addTo(meter);
  }

  /**
   * Starts what is wanted.
   *
   * @param options who wants it
   * @return to be closed when everything else has ended
   * @throws TelemetryException when the variables say something that cannot be done
   */
  public static Telemetry start(TelemetryOptions options) throws TelemetryException {
    ScrapedMetrics scraped = new ScrapedMetrics();
    OpenTelemetrySdk sdk =
        options.isExported()
            ? Exporting.start(options, scraped)
            : OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(scraped).build())
                .build();
    return new Telemetry(sdk, scraped, options);
  }

  private void state(Meter meter, TelemetryOptions options) {
    Attributes build =
        Attributes.builder()
            .put("version", options.version())
            .put("commit", options.commit())
            .put("java", Runtime.version().toString())
            .build();
    meter
        .gaugeBuilder("backplane.build.info")
        .ofLongs()
        .setDescription("What runs here")
        .buildWithCallback(out -> out.record(1, build));
    meter
        .gaugeBuilder("backplane.store.up")
        .ofLongs()
        .setDescription("Whether an open store answers (1) or not (0)")
        .buildWithCallback(out ->
            stores
                .get()
                .forEach(store ->
                    out.record(
                        store.isUp() ? 1 : 0,
                        Attributes.of(
                            Names.COLLECTION, store.resource(),
                            Names.SYSTEM, store.service()))));
    meter
        .gaugeBuilder("backplane.reload.last_successful")
        .ofLongs()
        .setDescription("Whether the last change was taken in (1) or refused (0)")
        .buildWithCallback(out -> out.record(lastReloadSucceeded.get() ? 1 : 0));
    meter
        .gaugeBuilder("backplane.reload.last_time")
        .ofLongs()
        .setDescription("When the last change was taken in or refused, since 1970")
        .setUnit("s")
        .buildWithCallback(out -> out.record(lastReload.get()));
  }

  /**
   * Tells of the stores from now on.
   *
   * @param open gives those that are open, within a few seconds; asked whenever metrics are read
   */
  public void stores(Supplier<List<StoreState>> open) {
    stores = open;
  }

  /**
   * A change of the mapping or of plugins was taken in, or refused.
   *
   * @param complete whether all of it was taken in
   */
  public void reloaded(boolean complete) {
    reloads.add(1, Attributes.of(Names.OUTCOME, complete ? SUCCEEDED : FAILED));
    lastReloadSucceeded.set(complete);
    lastReload.set(Instant.now().getEpochSecond());
  }

  /**
   * A request begins.
   *
   * @param method as it was sent
   * @param scheme {@code http} or {@code https}
   * @param headers gives the value of a header by its name; null where it has none
   * @return its span
   */
  public RequestSpan begin(
      String method, String scheme, Function<String, @Nullable String> headers) {
    instruments.begun(method, scheme);
    return traces.begin(method, scheme, headers);
  }

  /**
   * A request that began has been answered.
   *
   * @param span what {@link #begin(String, String, Function)} gave
   * @param answer what became of it
   */
  public void end(RequestSpan span, Answered answer) {
    instruments.ended(answer.method(), answer.scheme());
    span.end(answer);
    answered(answer);
  }

  /**
   * Something has been answered that was no request yet, such as bytes that are not HTTP.
   *
   * @param answer what became of it
   */
  public void answered(Answered answer) {
    instruments.answered(answer);
  }

  /**
   * A connection was closed before anything was done for it.
   *
   * @param refusal why
   */
  public void refused(ConnectionRefusal refusal) {
    instruments.refused(refusal);
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // whoever is told of the end closes it
  public Consumer<String> begin(String resource, String service, String operation) {
    Span span = traces.begin(resource, service, operation);
    Scope scope = span.makeCurrent();
    long began = System.nanoTime();
    return error -> {
      scope.close();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      instruments.called(resource, service, operation, error, took);
      Traces.end(span, error);
    };
  }

  @Override
  public Map<String, String> propagated() {
    return traces.propagated();
  }

  /**
   * The metrics as they are now.
   *
   * @param accept the formats that are understood, as in the header; empty for any
   * @return in one of Prometheus's text formats
   */
  public Scrape scrape(String accept) {
    return prometheus.write(scraped.collect(), accept);
  }

  /** Sends what has not been sent; what nobody takes for some seconds is lost. */
  @Override
  public void close() {
    sdk.shutdown().join(FLUSH.toMillis(), TimeUnit.MILLISECONDS);
  }
}

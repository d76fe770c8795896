package dev.backplane.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is counted and timed of requests and calls of stores. No attribute is of a client's choice,
 * so there are only so many series. Safe for use by many threads.
 */
final class Instruments {
  private static final double NANOS = 1e9;

  private record Request(String method, String scheme, String route, int status) {}

  private record Call(String resource, String service, String operation, String error) {}

  private final Map<Request, Attributes> requests = new ConcurrentHashMap<>();
  private final Map<Call, Attributes> calls = new ConcurrentHashMap<>();
  private final DoubleHistogram requestTime;
  private final LongUpDownCounter active;
  private final LongCounter refused;
  private final LongCounter connectionsRefused;
  private final DoubleHistogram callTime;

  Instruments(Meter meter) {
    this.requestTime =
        meter
            .histogramBuilder("http.server.request.duration")
            .setDescription("Time from the headers of a request to the end of its answer")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(Names.REQUEST_SECONDS)
            .build();
    this.active =
        meter
            .upDownCounterBuilder("http.server.active_requests")
            .setDescription("Requests that are being answered")
            .setUnit("{request}")
            .build();
    this.refused =
        meter
            .counterBuilder("backplane.requests.refused")
            .setDescription("Requests for which nothing was done, by the reason in a word")
            .setUnit("{request}")
            .build();
    this.connectionsRefused =
        meter
            .counterBuilder("backplane.connections.refused")
            .setDescription("Connections that were closed at once, by the reason in a word")
            .setUnit("{connection}")
            .build();
    // so that there is a first value to compare with
    for (ConnectionRefusal refusal : ConnectionRefusal.values()) {
      connectionsRefused.add(0, Attributes.of(Names.REFUSAL, refusal.word()));
    }
    this.callTime =
        meter
            .histogramBuilder("db.client.operation.duration")
            .setDescription("Time of a call of a store: of one service, for one resource")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(Names.CALL_SECONDS)
            .build();
  }

  void begun(String method, String scheme) {
    active.add(1, activeOf(method, scheme));
  }

  void ended(String method, String scheme) {
    active.add(-1, activeOf(method, scheme));
  }

  private Attributes activeOf(String method, String scheme) {
    // as a request with no route and no status, which there is no answer with
    return requests.computeIfAbsent(
        new Request(Names.method(method), scheme, "", 0), Instruments::attributes);
  }

  void answered(Answered answer) {
    Attributes attributes =
        requests.computeIfAbsent(
            new Request(
                Names.method(answer.method()), answer.scheme(), answer.route(), answer.status()),
            Instruments::attributes);
    requestTime.record(answer.took().toNanos() / NANOS, attributes);
    String refusal = answer.refusal();
    if (!refusal.isEmpty()) {
      refused.add(1, Attributes.of(Names.REFUSAL, refusal));
    }
  }

  void refused(ConnectionRefusal refusal) {
    connectionsRefused.add(1, Attributes.of(Names.REFUSAL, refusal.word()));
  }

  private static Attributes attributes(Request request) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(Names.METHOD, request.method())
            .put(Names.SCHEME, request.scheme());
    if (!request.route().isEmpty()) {
      attributes.put(Names.ROUTE, request.route());
    }
    if (request.status() > 0) {
      attributes.put(Names.STATUS, (long) request.status());
    }
    if (request.status() >= 500) {
      attributes.put(Names.ERROR, String.valueOf(request.status()));
    }
    return attributes.build();
  }

  void called(String resource, String service, String operation, String error, Duration took) {
    Attributes attributes =
        calls.computeIfAbsent(
            new Call(resource, service, operation, error), Instruments::attributes);
    callTime.record(took.toNanos() / NANOS, attributes);
  }

  private static Attributes attributes(Call call) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(Names.COLLECTION, call.resource())
            .put(Names.SYSTEM, call.service())
            .put(Names.OPERATION, call.operation());
    if (!call.error().isEmpty()) {
      attributes.put(Names.ERROR, call.error());
    }
    return attributes.build();
  }
}

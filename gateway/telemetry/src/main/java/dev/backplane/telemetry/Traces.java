package dev.backplane.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The spans of requests and of the calls of stores in them. What clients send is in none of them:
 * no path, no query, no id, no header but the trace that it is part of.
 */
final class Traces {
  private final Tracer tracer;
  private final TextMapPropagator propagator;

  Traces(Tracer tracer, TextMapPropagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  RequestSpan begin(String method, String scheme, Function<String, @Nullable String> headers) {
    Context parent = propagator.extract(Context.root(), headers, new Headers());
    String known = Names.method(method);
    // as the conventions have it
    String name = known.equals("_OTHER") ? "HTTP" : known;
    Span span =
        tracer
            .spanBuilder(name)
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(Names.METHOD, known)
            .setAttribute(Names.SCHEME, scheme)
            .startSpan();
    return new RequestSpan(span, parent, name);
  }

  /** Of a call that the thread's request makes; of no request at the start. */
  Span begin(String resource, String service, String operation) {
    return tracer
        .spanBuilder(operation + " " + resource)
        .setSpanKind(SpanKind.CLIENT)
        .setAttribute(Names.COLLECTION, resource)
        .setAttribute(Names.SYSTEM, service)
        .setAttribute(Names.OPERATION, operation)
        .startSpan();
  }

  /** The span that this thread is at, for others that go on with its trace. */
  Map<String, String> propagated() {
    Map<String, String> fields = new LinkedHashMap<>();
    propagator.inject(
        Context.current(),
        fields,
        (carrier, name, value) -> Objects.requireNonNull(carrier).put(name, value));
    return fields;
  }

  /** Without the exception, whose message may repeat what the client sent. */
  static void end(Span call, String error) {
    if (!error.isEmpty()) {
      call.setAttribute(Names.ERROR, error);
      call.setStatus(StatusCode.ERROR);
    }
    call.end();
  }

  private static final class Headers implements TextMapGetter<Function<String, @Nullable String>> {
    @Override
    public @Nullable String get(@Nullable Function<String, @Nullable String> headers, String name) {
      return headers == null ? null : headers.apply(name);
    }
  }
}

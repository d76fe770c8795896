package dev.backplane.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.slf4j.MDC;

/** The span of one request, from its beginning to the end of its answer. */
public final class RequestSpan {
  /** In the log, the trace that a line belongs to. */
  static final String TRACE_ID = "traceId";

  private final Span span;
  private final Context context;
  private final String method;

  RequestSpan(Span span, Context parent, String method) {
    this.span = span;
    this.context = parent.with(span);
    this.method = method;
  }

  /**
   * Has calls of stores and lines of the log belong to this request.
   *
   * @return what ends that; to be closed by the same thread
   */
  @SuppressWarnings("MustBeClosedChecker") // what is returned closes it
  public Entered enter() {
    Scope scope = context.makeCurrent();
    if (!span.getSpanContext().isValid()) {
      return scope::close;
    }
    MDC.put(TRACE_ID, span.getSpanContext().getTraceId());
    return () -> {
      MDC.remove(TRACE_ID);
      scope.close();
    };
  }

  /** While a thread is at the request. */
  @FunctionalInterface
  public interface Entered extends AutoCloseable {
    @Override
    void close();
  }

  void end(Answered answer) {
    if (span.isRecording()) {
      span.setAttribute(Names.STATUS, (long) answer.status());
      if (!answer.route().isEmpty()) {
        span.updateName(method + " " + answer.route());
        span.setAttribute(Names.ROUTE, answer.route());
      }
      if (!answer.resource().isEmpty()) {
        span.setAttribute(Names.RESOURCE, answer.resource());
      }
      if (answer.isFailed()) {
        span.setAttribute(Names.ERROR, String.valueOf(answer.status()));
        span.setStatus(StatusCode.ERROR);
      }
    }
    span.end();
  }
}

package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.telemetry.Answered;
import dev.backplane.telemetry.ConnectionRefusal;
import dev.backplane.telemetry.RequestSpan;
import dev.backplane.telemetry.Telemetry;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Measures each request and gives it a span. As a handler it is where a request begins, on the
 * thread that goes through with it; as a log it hears of everything that was answered, also of what
 * never became a request.
 */
final class RequestTelemetry extends Handler.Wrapper implements RequestLog {
  private static final String SPAN = "dev.backplane.span";

  private final Telemetry telemetry;

  RequestTelemetry(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    RequestSpan span =
        telemetry.begin(request.getMethod(), scheme(request), request.getHeaders()::get);
    request.setAttribute(SPAN, span);
    RequestSpan.Entered entered = span.enter();
    try {
      return super.handle(request, response, callback);
    } finally {
      entered.close();
    }
  }

  /** Called by the server when the last byte of an answer is on its way, or cannot be. */
  @Override
  public void log(Request request, Response response) {
    Optional<Gateway.Handled> handled = Gateway.handled(request::getAttribute);
    Answered answer =
        new Answered(
            request.getMethod(),
            scheme(request),
            handled.map(Gateway.Handled::route).orElse(""),
            handled.map(Gateway.Handled::resource).orElse(""),
            response.getStatus(),
            handled.isPresent(),
            Duration.ofNanos(System.nanoTime() - request.getHeadersNanoTime()));
    if (request.getAttribute(SPAN) instanceof RequestSpan span) {
      telemetry.end(span, answer);
      return;
    }
    telemetry.answered(answer);
  }

  /** As {@link Telemetry#refused}. */
  void refused(ConnectionRefusal refusal) {
    telemetry.refused(refusal);
  }

  /** One of two, as a request may name any. */
  private static String scheme(Request request) {
    return "https".equalsIgnoreCase(request.getHttpURI().getScheme()) ? "https" : "http";
  }
}

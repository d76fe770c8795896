package dev.backplane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.backplane.core.Gateway;
import dev.backplane.lambda.environment.FunctionVariables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one line for each request, which is also where its metrics are: CloudWatch takes them out
 * of the log by the <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">embedded
 * metric format</a>. No body, no id of an item and no credential is in it. Safe for use by many
 * threads.
 */
final class RequestLog {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
  private static final String NAMESPACE = "Backplane";
  private static final List<Map<String, String>> MEASURED =
      List.of(
          Map.of("Name", "latency", "Unit", "Milliseconds"),
          Map.of("Name", "storeLatency", "Unit", "Milliseconds"),
          Map.of("Name", "serverErrors", "Unit", "Count"));

  private final boolean metrics;
  private final AtomicBoolean first = new AtomicBoolean(true);

  /**
   * Says what is written.
   *
   * @param environment may have {@link FunctionVariables#METRICS}
   * @throws Gateway.StartException when that is neither {@code on} nor {@code off}
   */
  RequestLog(Map<String, String> environment) {
    this(wantsMetrics(environment));
  }

  private RequestLog(boolean metrics) {
    this.metrics = metrics;
  }

  /** Of requests that nobody made. */
  static RequestLog ofPriming() {
    return new RequestLog(false);
  }

  private static boolean wantsMetrics(Map<String, String> environment) {
    String wanted = FunctionVariables.METRICS.in(environment);
    if (!List.of("on", "off").contains(wanted)) {
      throw new Gateway.StartException(
          List.of(
              FunctionVariables.METRICS.name() + " is \"" + wanted + "\" and may be on or off."));
    }
    return wanted.equals("on");
  }

  /**
   * Writes the line.
   *
   * @param method the request's method; as the client sent it
   * @param status the answer's status
   * @param took from the event's arrival to the answer's end
   * @param handled what the gateway says; empty where it was not asked
   * @param lambda the invocation
   */
  void write(
      String method, int status, Duration took, Optional<Gateway.Handled> handled, Context lambda) {
    boolean isFirst = first.getAndSet(false);
    Duration stores = handled.map(Gateway.Handled::stores).orElse(Duration.ZERO);
    String resource = handled.map(Gateway.Handled::resource).orElse("");
    String route = handled.map(Gateway.Handled::route).orElse("");
    LoggingEventBuilder line =
        LOG.atLevel(status >= 500 ? Level.ERROR : Level.INFO)
            .addKeyValue("requestId", handled.map(Gateway.Handled::requestId).orElse(""))
            .addKeyValue("invocationId", lambda.getAwsRequestId())
            .addKeyValue("traceId", trace(lambda))
            .addKeyValue("method", method)
            .addKeyValue("route", route)
            .addKeyValue("resource", resource)
            .addKeyValue("service", handled.map(Gateway.Handled::service).orElse(""))
            .addKeyValue("status", status)
            .addKeyValue("latency", millis(took))
            .addKeyValue("storeLatency", millis(stores))
            .addKeyValue("gatewayLatency", millis(took.minus(stores)))
            .addKeyValue("storeCalls", handled.map(Gateway.Handled::storeCalls).orElse(0))
            .addKeyValue("coldStart", isFirst)
            .addKeyValue("plan", handled.map(Gateway.Handled::plan).orElse(""));
    if (metrics) {
      line =
          line.addKeyValue("function", String.valueOf(lambda.getFunctionName()))
              .addKeyValue("serverErrors", status >= 500 ? 1 : 0)
              .addKeyValue("_aws", directive(!resource.isEmpty()));
    }
    line.log("{} {} {}", method, route.isEmpty() ? "-" : route, status);
  }

  /** Says which members of the line are metrics; names that clients choose are no dimension. */
  private static Map<String, Object> directive(boolean hasResource) {
    List<List<String>> dimensions =
        hasResource
            ? List.of(List.of("function"), List.of("function", "resource"))
            : List.of(List.of("function"));
    Map<String, Object> metrics =
        Map.of("Namespace", NAMESPACE, "Dimensions", dimensions, "Metrics", MEASURED);
    return Map.of("Timestamp", System.currentTimeMillis(), "CloudWatchMetrics", List.of(metrics));
  }

  /** As X-Ray names the invocation; empty where it is not traced. */
  private static String trace(Context lambda) {
    String trace = lambda.getXrayTraceId();
    return trace == null ? "" : trace;
  }

  private static double millis(Duration duration) {
    return Math.floorDiv(duration.toNanos(), 1_000L) / 1_000.0; // to the microsecond
  }
}

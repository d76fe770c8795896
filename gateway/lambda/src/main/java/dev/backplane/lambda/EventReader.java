package dev.backplane.lambda;

import com.amazonaws.serverless.proxy.model.Headers;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request of an event: of a REST API (payload format 1.0), an HTTP API (2.0, or 1.0 when it
 * asks for it), a function URL (2.0) or an Application Load Balancer. Each is known by its shape.
 * The one place that knows how these events differ.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">HTTP
 *     APIs: payload formats</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads">Function
 *     URLs: request payload</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#receive-event-from-load-balancer">Load
 *     balancers: receive events</a>
 */
final class EventReader {
  private static final String ANY_STAGE = "$default";

  private final String basePath;

  /**
   * Creates a reader.
   *
   * @param basePath a prefix to take from each path; may be empty
   */
  EventReader(String basePath) {
    this.basePath = basePath;
  }

  /**
   * Reads an event.
   *
   * @throws EventException when it is an HTTP request whose body cannot be read
   * @throws NotHttpException when it is none
   */
  Event read(InputStream input) throws EventException {
    Map<String, Object> event = EventJson.read(input);
    Map<String, Object> context = EventJson.object(event, "requestContext");
    Map<String, Object> http = EventJson.object(context, "http");
    boolean isAuthorizers = event.containsKey("methodArn") || event.containsKey("routeArn");
    String method = EventJson.text(event, List.of("httpMethod"), "");
    if (!method.isEmpty() && !isAuthorizers) {
      return EventJson.text(EventJson.object(context, "elb"), "targetGroupArn") == null
          ? version1(event, context, method)
          : loadBalancer(event, method);
    }
    method = EventJson.text(http, List.of("method"), routeMethod(event));
    if (method.isEmpty() || isAuthorizers) {
      throw new NotHttpException(event);
    }
    return version2(event, context, http, method);
  }

  private Event version1(Map<String, Object> event, Map<String, Object> context, String method)
      throws EventException {
    // Only HTTP APIs say which format this is; they decode the path and leave the stage in it.
    boolean httpApi = EventJson.text(event, "version") != null;
    EventPath.Origin path =
        new EventPath.Origin(
            EventJson.text(event, List.of("path"), "/"),
            httpApi,
            EventJson.text(context, List.of("path"), ""),
            httpApi ? stage(context) : "",
            isCustomDomain(context),
            EventJson.text(event, List.of("resource"), ""),
            EventJson.object(event, "pathParameters"),
            basePath);
    String address = EventJson.text(EventJson.object(context, "identity"), "sourceIp");
    Event.Source source = source(context, EventJson.text(context, "protocol"), address);
    String query = EventContent.query(event, PercentCoding::encode);
    return event(Event.Format.V1, method, path.toPath(), query, event, headers -> source);
  }

  private Event version2(
      Map<String, Object> event,
      Map<String, Object> context,
      Map<String, Object> http,
      String method)
      throws EventException {
    EventPath.Origin path =
        new EventPath.Origin(
            EventJson.text(event, List.of("rawPath"), EventJson.text(http, List.of("path"), "/")),
            !domain(context).contains(".lambda-url."), // function URLs do not decode
            "",
            stage(context),
            isCustomDomain(context),
            route(event)[1],
            EventJson.object(event, "pathParameters"),
            basePath);
    String query = EventJson.text(event, "rawQueryString");
    Event.Source source =
        source(context, EventJson.text(http, "protocol"), EventJson.text(http, "sourceIp"));
    return event(
        Event.Format.V2,
        method,
        path.toPath(),
        query == null ? EventContent.query(event, PercentCoding::encode) : query,
        event,
        headers -> source);
  }

  /** A load balancer decodes nothing, and has no stages; which headers it sends, it wants back. */
  private Event loadBalancer(Map<String, Object> event, String method) throws EventException {
    EventPath.Origin path =
        new EventPath.Origin(
            EventJson.text(event, List.of("path"), "/"),
            false,
            "",
            "",
            false,
            "",
            Map.of(),
            basePath);
    return event(
        event.get("multiValueHeaders") instanceof Map
            ? Event.Format.ALB_MULTI_VALUE
            : Event.Format.ALB,
        method,
        path.toPath(),
        EventContent.query(event, UnaryOperator.identity()),
        event,
        LoadBalancer::source);
  }

  private static Event event(
      Event.Format format,
      String method,
      EventPath path,
      String query,
      Map<String, Object> event,
      Function<Headers, Event.Source> source)
      throws EventException {
    byte[] body;
    try {
      body = EventContent.body(event);
    } catch (IllegalArgumentException broken) {
      throw new EventException(format, String.valueOf(broken.getMessage()));
    }
    Headers headers = EventContent.headers(event, body);
    String raw = query.isEmpty() ? null : query;
    return new Event(format, method, path, raw, headers, body, source.apply(headers));
  }

  /** The stage that an HTTP API leaves in front of the path; empty when it leaves none. */
  private static String stage(Map<String, Object> context) {
    String stage = EventJson.text(context, List.of("stage"), "");
    return stage.equals(ANY_STAGE) ? "" : stage;
  }

  private static String domain(Map<String, Object> context) {
    return EventJson.text(context, List.of("domainName"), "");
  }

  /** Whether the domain is the owner's and not AWS's, where the stage is in the URL. */
  private static boolean isCustomDomain(Map<String, Object> context) {
    return !domain(context).isEmpty() && !domain(context).contains(".execute-api.");
  }

  /** The two words of a route of an HTTP API, for example {@code GET /api/{proxy+}}. */
  private static String[] route(Map<String, Object> event) {
    String[] words = EventJson.text(event, List.of("routeKey"), "").split(" ", 2);
    return words.length == 2 ? words : new String[] {"", ""};
  }

  private static String routeMethod(Map<String, Object> event) {
    String method = route(event)[0];
    return method.equals("ANY") ? "" : method;
  }

  private static Event.Source source(
      Map<String, Object> context, @Nullable String protocol, @Nullable String address) {
    return new Event.Source(
        EventJson.text(context, List.of("requestId"), ""),
        EventJson.text(context, List.of("apiId"), ""),
        EventJson.text(context, List.of("stage"), ""),
        domain(context),
        protocol == null ? "HTTP/1.1" : protocol,
        address == null ? "" : address,
        true, // API Gateway and function URLs speak nothing but TLS
        Authorizer.caller(context));
  }
}

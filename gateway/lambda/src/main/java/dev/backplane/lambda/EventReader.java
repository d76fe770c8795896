package dev.backplane.lambda;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request of an event of API Gateway: of a REST API (payload format 1.0) or of an HTTP API
 * (2.0, or 1.0 when it asks for it). The one place that knows how these events differ.
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
   * @throws EventException when it is no HTTP request, or one whose body cannot be read
   */
  Event read(InputStream input) throws EventException {
    Map<String, Object> event = EventJson.read(input);
    Map<String, Object> context = EventJson.object(event, "requestContext");
    Map<String, Object> http = EventJson.object(context, "http");
    String method = EventJson.text(event, "httpMethod");
    if (method != null) {
      return version1(event, context, method);
    }
    method = EventJson.text(http, List.of("method"), routeMethod(event));
    if (method.isEmpty()) {
      throw new EventException(Event.Format.V2, describe(event));
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
    return event(Event.Format.V1, method, path.toPath(), EventContent.query(event), event, source);
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
        query == null ? EventContent.query(event) : query,
        event,
        source);
  }

  private static Event event(
      Event.Format format,
      String method,
      EventPath path,
      @Nullable String query,
      Map<String, Object> event,
      Event.Source source)
      throws EventException {
    byte[] body;
    try {
      body = EventContent.body(event);
    } catch (IllegalArgumentException broken) {
      throw new EventException(format, String.valueOf(broken.getMessage()));
    }
    String raw = query == null || query.isEmpty() ? null : query;
    return new Event(format, method, path, raw, EventContent.headers(event, body), body, source);
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
        Caller.of(context));
  }

  /** Says what was received instead of a request: names only, as values may be secrets. */
  private static String describe(Map<String, Object> event) {
    String what = "an event with " + (event.isEmpty() ? "nothing in it" : event.keySet());
    if (event.get("Records") instanceof List<?> records
        && !records.isEmpty()
        && records.getFirst() instanceof Map<?, ?> first
        && first.get("eventSource") instanceof String source) {
      what = "records of " + source.toLowerCase(Locale.ROOT);
    } else if (event.get("detail-type") != null) {
      what = "an event of EventBridge";
    }
    return "This function answers HTTP requests from API Gateway and was sent "
        + what
        + ". Remove that trigger, or test with a sample event of API Gateway.";
  }
}

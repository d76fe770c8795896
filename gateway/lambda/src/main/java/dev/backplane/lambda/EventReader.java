package dev.backplane.lambda;

import com.amazonaws.serverless.proxy.model.Headers;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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
    return event(Event.Format.V1, method, path.toPath(), query(event), event, source);
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
        query == null ? query(event) : query,
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
    byte[] body = body(format, event);
    String raw = query == null || query.isEmpty() ? null : query;
    return new Event(format, method, path, raw, headers(event, body), body, source);
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

  /**
   * Puts together the query that API Gateway has taken apart and decoded. The form with several
   * values wins; the form with one may have names that the other lacks.
   */
  private static String query(Map<String, Object> event) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String form : List.of("multiValueQueryStringParameters", "queryStringParameters")) {
      Map<String, Object> parameters = EventJson.object(event, form);
      for (String name : parameters.keySet()) {
        query.putIfAbsent(name, EventJson.texts(parameters, name));
      }
    }
    return query.entrySet().stream()
        .flatMap(entry ->
            entry.getValue().stream()
                .map(value ->
                    PercentCoding.encode(entry.getKey()) + '=' + PercentCoding.encode(value)))
        .collect(Collectors.joining("&"));
  }

  private static Headers headers(Map<String, Object> event, byte[] body) {
    Headers headers = new Headers();
    add(event, "multiValueHeaders", headers);
    Headers single = new Headers();
    add(event, "headers", single);
    headers.keySet().forEach(single::remove);
    headers.putAll(single);
    for (String cookie : EventJson.texts(event, "cookies")) {
      headers.add("Cookie", cookie);
    }
    List<String> cookies = headers.get("Cookie");
    if (cookies != null && cookies.size() > 1) {
      headers.putSingle("Cookie", String.join("; ", cookies)); // as RFC 6265 allows only one
    }
    if (body.length > 0 || headers.containsKey("Content-Length")) {
      // What the client sent was the length before API Gateway decoded or transcoded.
      headers.putSingle("Content-Length", Integer.toString(body.length));
    }
    return headers;
  }

  private static void add(Map<String, Object> event, String form, Headers headers) {
    Map<String, Object> entries = EventJson.object(event, form);
    for (String name : entries.keySet()) {
      EventJson.texts(entries, name).forEach(value -> headers.add(name, value));
    }
  }

  private static byte[] body(Event.Format format, Map<String, Object> event) throws EventException {
    String body = EventJson.text(event, List.of("body"), "");
    if (Boolean.parseBoolean(EventJson.text(event, "isBase64Encoded"))) {
      try {
        return Base64.getDecoder().decode(body);
      } catch (IllegalArgumentException notBase64) {
        throw new EventException(format, "The event's body is marked as Base64 and is not.");
      }
    }
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(body));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException loneSurrogate) {
      throw new EventException(format, "The body has half of a surrogate pair; send UTF-8.");
    }
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

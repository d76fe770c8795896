package dev.backplane.lambda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The events of API Gateway and of function URLs, as its documentation and events that were caught
 * have them.
 */
final class GatewayEvents {
  private static final String HTTP_API = "id.execute-api.eu-west-1.amazonaws.com";
  private static final String FUNCTION_URL = "id.lambda-url.eu-west-1.on.aws";

  private GatewayEvents() {}

  /** Of a REST API on a custom domain, without binary media types: every body is text. */
  static Map<String, Object> restApi(ClientRequest request, String caller) {
    Map<String, Object> context = context("prod", "api.example.com");
    context.put("path", request.path());
    context.put("resourcePath", "/{proxy+}");
    context.put("httpMethod", request.method());
    context.put("protocol", "HTTP/1.1");
    context.put("identity", identity());
    if (!caller.isEmpty()) {
      Map<String, Object> claims = Map.of("sub", name(caller), "cognito:groups", "a,b");
      context.put("authorizer", Map.of("claims", withRoles(claims, caller, ",")));
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("resource", "/{proxy+}");
    event.put("path", request.path());
    event.put("httpMethod", request.method());
    putParts(event, request, "api.example.com");
    event.put("pathParameters", Map.of("proxy", request.path().substring(1)));
    event.put("stageVariables", null);
    event.put("requestContext", context);
    byte[] body = request.body();
    event.put("body", body.length == 0 ? null : new String(body, StandardCharsets.UTF_8));
    event.put("isBase64Encoded", false);
    return event;
  }

  /** Of an HTTP API that asks for format 1.0. */
  static Map<String, Object> httpApiFormat1(ClientRequest request, String caller) {
    String path = RequestParts.decodePath(request.path());
    Map<String, Object> context = context("$default", HTTP_API);
    context.put("path", path);
    context.put("resourcePath", "$default");
    context.put("httpMethod", request.method());
    context.put("protocol", "HTTP/1.1");
    context.put("identity", identity());
    if (!caller.isEmpty()) {
      Map<String, Object> said = Map.of("principalId", name(caller), "integrationLatency", 5);
      context.put("authorizer", withRoles(said, caller, ","));
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "1.0");
    event.put("resource", "$default");
    event.put("path", path);
    event.put("httpMethod", request.method());
    putParts(event, request, HTTP_API);
    event.put("requestContext", context);
    event.put("pathParameters", null);
    event.put("stageVariables", null);
    RequestParts.putBody(event, request, null);
    return event;
  }

  /** Of an HTTP API with its own format. */
  static Map<String, Object> httpApi(ClientRequest request, String caller) {
    String path = RequestParts.decodePath(request.path());
    Map<String, Object> event = version2(request, HTTP_API, path);
    Map<String, List<String>> headers = RequestParts.smallHeaders(request, HTTP_API);
    headers.remove("cookie");
    event.put("headers", joined(headers));
    if (!caller.isEmpty()) {
      Map<String, Object> claims = Map.of("sub", name(caller), "groups", "[a b]");
      putAuthorizer(event, Map.of("jwt", Map.of("claims", withRoles(claims, caller, " "))));
    }
    return event;
  }

  /** Of a function URL, which has the cookies twice. */
  static Map<String, Object> functionUrl(ClientRequest request, String caller) {
    Map<String, Object> event = version2(request, FUNCTION_URL, request.path());
    Map<String, List<String>> headers = RequestParts.smallHeaders(request, FUNCTION_URL);
    headers.computeIfPresent("cookie", (name, values) -> List.of(String.join("; ", values)));
    event.put("headers", joined(headers));
    if (!caller.isEmpty()) {
      putAuthorizer(event, Map.of("iam", Map.of("userArn", caller, "accountId", "123456789012")));
    }
    return event;
  }

  private static Map<String, Object> version2(ClientRequest request, String domain, String path) {
    Map<String, Object> http = new LinkedHashMap<>();
    http.put("method", request.method());
    http.put("path", RequestParts.decodePath(request.path()));
    http.put("protocol", "HTTP/1.1");
    http.put("sourceIp", RequestParts.ADDRESS);
    http.put("userAgent", "curl/8.7.1");
    Map<String, Object> context = context("$default", domain);
    context.put("http", http);
    context.put("routeKey", "$default");
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "2.0");
    event.put("routeKey", "$default");
    event.put("rawPath", path);
    event.put("rawQueryString", request.query());
    List<String> cookies = cookies(request);
    if (!cookies.isEmpty()) {
      event.put("cookies", cookies);
    }
    if (!request.query().isEmpty()) {
      event.put("queryStringParameters", joined(RequestParts.query(request, RequestParts::decode)));
    }
    event.put("requestContext", context);
    RequestParts.putBody(event, request, null);
    return event;
  }

  /** A caller is a name, or a name with roles: {@code ann|writer,reader}. */
  private static String name(String caller) {
    return caller.split("\\|", 2)[0];
  }

  /** As an authorizer writes a list: as text, with commas or as {@code [a b]}. */
  private static Map<String, Object> withRoles(
      Map<String, Object> claims, String caller, String separator) {
    String[] parts = caller.split("\\|", 2);
    if (parts.length == 1) {
      return claims;
    }
    String roles = parts[1].replace(",", separator);
    Map<String, Object> more = new LinkedHashMap<>(claims);
    more.put("roles", separator.equals(" ") ? "[" + roles + "]" : roles);
    return more;
  }

  private static void putParts(Map<String, Object> event, ClientRequest request, String host) {
    Map<String, List<String>> headers =
        RequestParts.headers(request, host, UnaryOperator.identity());
    event.put("headers", RequestParts.last(headers));
    event.put("multiValueHeaders", headers);
    Map<String, List<String>> query = RequestParts.query(request, RequestParts::decode);
    event.put("queryStringParameters", query.isEmpty() ? null : RequestParts.last(query));
    event.put("multiValueQueryStringParameters", query.isEmpty() ? null : query);
  }

  private static Map<String, Object> context(String stage, String domain) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("accountId", "123456789012");
    context.put("apiId", "id");
    context.put("stage", stage);
    context.put("domainName", domain);
    context.put("domainPrefix", domain.split("\\.")[0]);
    context.put("requestId", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
    return context;
  }

  private static Map<String, @Nullable Object> identity() {
    Map<String, @Nullable Object> identity = new LinkedHashMap<>();
    identity.put("sourceIp", RequestParts.ADDRESS);
    identity.put("userAgent", "curl/8.7.1");
    for (String name : List.of("accountId", "caller", "cognitoIdentityId", "user", "userArn")) {
      identity.put(name, null);
    }
    return identity;
  }

  @SuppressWarnings("unchecked") // made above
  private static void putAuthorizer(Map<String, Object> event, Map<String, Object> authorizer) {
    ((Map<String, Object>) event.get("requestContext")).put("authorizer", authorizer);
  }

  private static List<String> cookies(ClientRequest request) {
    List<String> cookies = new ArrayList<>();
    request.headers().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Cookie"))
        .forEach(header -> cookies.addAll(List.of(header.getValue().split("; "))));
    return cookies;
  }

  private static Map<String, String> joined(Map<String, List<String>> map) {
    return RequestParts.joined(map, values -> String.join(",", values));
  }
}

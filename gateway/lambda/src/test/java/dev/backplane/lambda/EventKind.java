package dev.backplane.lambda;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What API Gateway makes of a request, and of the answer that the function returns. */
enum EventKind {
  /** A REST API: the path as it was sent, everything else taken apart and decoded. */
  REST_API {
    @Override
    String event(ClientRequest request) {
      Map<String, List<String>> headers = new LinkedHashMap<>();
      request.headers().forEach(header -> add(headers, header.getKey(), header.getValue()));
      Map<String, List<String>> query = new LinkedHashMap<>();
      for (String pair : request.query().split("&")) {
        if (pair.isEmpty()) {
          continue;
        }
        String[] parts = pair.split("=", 2);
        add(query, decode(parts[0]), parts.length < 2 ? "" : decode(parts[1]));
      }
      Map<String, Object> context = new LinkedHashMap<>();
      context.put("stage", "prod");
      context.put("path", request.path());
      context.put("domainName", "api.example.com");
      context.put("requestId", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
      context.put("identity", Map.of("sourceIp", "192.0.2.1"));
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("resource", "/{proxy+}");
      event.put("path", request.path());
      event.put("httpMethod", request.method());
      event.put("headers", last(headers));
      event.put("multiValueHeaders", headers.isEmpty() ? null : headers);
      event.put("queryStringParameters", query.isEmpty() ? null : last(query));
      event.put("multiValueQueryStringParameters", query.isEmpty() ? null : query);
      event.put("pathParameters", Map.of("proxy", request.path().substring(1)));
      event.put("stageVariables", null);
      event.put("requestContext", context);
      putBody(event, request.body(), isText(request.body()));
      return MAPPER.writeValueAsString(event);
    }

    @Override
    ClientAnswer answer(String json) {
      return parse(json, "multiValueHeaders");
    }
  },

  /** An HTTP API: the query as it was sent, the path decoded, headers joined. */
  HTTP_API {
    @Override
    String event(ClientRequest request) {
      Map<String, String> headers = new LinkedHashMap<>();
      List<String> cookies = new ArrayList<>();
      request
          .headers()
          .forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("cookie")) {
              cookies.addAll(List.of(header.getValue().split("; ")));
            } else {
              headers.merge(name, header.getValue(), (one, other) -> one + "," + other);
            }
          });
      String path = decode(request.path().replace("+", "%2B"));
      Map<String, Object> http = new LinkedHashMap<>();
      http.put("method", request.method());
      http.put("path", path);
      http.put("protocol", "HTTP/1.1");
      http.put("sourceIp", "192.0.2.1");
      Map<String, Object> context = new LinkedHashMap<>();
      context.put("stage", "$default");
      context.put("domainName", "id.execute-api.eu-west-1.amazonaws.com");
      context.put("requestId", "JKJaXmPLvHcESHA=");
      context.put("http", http);
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("version", "2.0");
      event.put("routeKey", "$default");
      event.put("rawPath", path);
      event.put("rawQueryString", request.query());
      event.put("headers", headers);
      if (!cookies.isEmpty()) {
        event.put("cookies", cookies);
      }
      event.put("requestContext", context);
      String type = headers.getOrDefault("content-type", "").split(";")[0];
      putBody(event, request.body(), type.startsWith("text/") || type.equals("application/json"));
      return MAPPER.writeValueAsString(event);
    }

    @Override
    ClientAnswer answer(String json) {
      return parse(json, "headers");
    }
  };

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The event that the function gets. */
  abstract String event(ClientRequest request);

  /** The answer that the client gets for what the function returns. */
  abstract ClientAnswer answer(String json);

  private static ClientAnswer parse(String json, String headersName) {
    JsonNode answer = MAPPER.readTree(json);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, JsonNode> header : answer.path(headersName).properties()) {
      headers.put(header.getKey(), texts(header.getValue()));
    }
    if (answer.has("cookies")) {
      headers.put("Set-Cookie", texts(answer.get("cookies")));
    }
    String body = answer.path("body").asString("");
    return new ClientAnswer(
        answer.path("statusCode").asInt(),
        headers,
        answer.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(body)
            : body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(element -> texts.add(element.asString()));
    } else {
      texts.add(node.asString());
    }
    return texts;
  }

  private static void putBody(Map<String, Object> event, byte[] body, boolean text) {
    Object value = null;
    if (body.length > 0) {
      value =
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body);
    }
    event.put("body", value);
    event.put("isBase64Encoded", body.length > 0 && !text);
  }

  private static boolean isText(byte[] body) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      return true;
    } catch (CharacterCodingException binary) {
      return false;
    }
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return encoded;
    }
  }

  private static void add(Map<String, List<String>> map, String name, String value) {
    map.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
  }

  private static Map<String, String> last(Map<String, List<String>> map) {
    Map<String, String> last = new LinkedHashMap<>();
    map.forEach((name, values) -> last.put(name, values.getLast()));
    return last;
  }
}

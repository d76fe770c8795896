package dev.backplane.image;

import java.util.List;

/** A request in every kind of event that API Gateway and others send. */
final class SampleEvents {
  private static final String HEADERS =
      """
      {"accept":"application/json","accept-encoding":"gzip","content-type":"application/json","host":"api.example.com",\
      "origin":"https://app.example.com","user-agent":"training","x-forwarded-for":"192.0.2.1","x-forwarded-proto":"https",\
      "x-amzn-trace-id":"Root=1-67891233-abcdef012345678912345678"}\
      """;

  private SampleEvents() {}

  /**
   * Makes the events.
   *
   * @param method the method
   * @param path the path
   * @param query {@code name=value}, one pair; may be empty
   * @param body JSON without quotes or backslashes; may be empty
   */
  static List<String> of(String method, String path, String query, String body) {
    String content = body.isEmpty() ? "null" : "\"" + body + "\"";
    return List.of(
        restApi(method, path, query, content),
        httpApi(method, path, query, content),
        loadBalancer(method, path, query, content));
  }

  private static String restApi(String method, String path, String query, String body) {
    return """
    {"resource":"/{proxy+}","path":"%2$s","httpMethod":"%1$s","headers":%5$s,"multiValueHeaders":{"accept":["application/json"],\
    "content-type":["application/json"],"host":["api.example.com"]},"queryStringParameters":%3$s,\
    "multiValueQueryStringParameters":%4$s,"pathParameters":{"proxy":"%2$s"},"stageVariables":null,"requestContext":\
    {"stage":"prod","path":"/prod%2$s","protocol":"HTTP/1.1","domainName":"id.execute-api.eu-west-1.amazonaws.com",\
    "requestId":"training","authorizer":{"claims":{"sub":"ann","scope":"read"}},"identity":{"sourceIp":"192.0.2.1"}},\
    "body":%6$s,"isBase64Encoded":false}\
    """
        .formatted(method, path, single(query), multiple(query), HEADERS, body);
  }

  private static String httpApi(String method, String path, String query, String body) {
    return """
    {"version":"2.0","routeKey":"$default","rawPath":"%2$s","rawQueryString":"%3$s","cookies":["a=b"],"headers":%4$s,\
    "requestContext":{"stage":"$default","domainName":"id.execute-api.eu-west-1.amazonaws.com","requestId":"training",\
    "authorizer":{"jwt":{"claims":{"sub":"ann","scope":"read"},"scopes":null}},\
    "http":{"method":"%1$s","path":"%2$s","protocol":"HTTP/1.1","sourceIp":"192.0.2.1"}},"body":%5$s,\
    "isBase64Encoded":false}\
    """
        .formatted(method, path, query, HEADERS, body);
  }

  private static String loadBalancer(String method, String path, String query, String body) {
    return """
    {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/1"}},\
    "httpMethod":"%1$s","path":"%2$s","queryStringParameters":%3$s,"headers":%4$s,"body":%5$s,"isBase64Encoded":false}\
    """
        .formatted(method, path, query.isEmpty() ? "{}" : single(query), HEADERS, body);
  }

  private static String single(String query) {
    int equals = query.indexOf('=');
    return equals < 0
        ? "null"
        : "{\"%s\":\"%s\"}".formatted(query.substring(0, equals), query.substring(equals + 1));
  }

  private static String multiple(String query) {
    int equals = query.indexOf('=');
    return equals < 0
        ? "null"
        : "{\"%s\":[\"%s\"]}".formatted(query.substring(0, equals), query.substring(equals + 1));
  }
}

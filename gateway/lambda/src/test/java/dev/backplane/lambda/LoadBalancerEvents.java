package dev.backplane.lambda;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The events of an Application Load Balancer: nothing is decoded, and nothing is ever null. */
final class LoadBalancerEvents {
  private static final String HOST = "lambda-846800462-eu-west-1.elb.amazonaws.com";
  private static final String TARGET_GROUP =
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/backplane/6d0ecf831eec9f09";

  private LoadBalancerEvents() {}

  static Map<String, Object> singleValues(ClientRequest request) {
    Map<String, Object> event = event(request);
    event.put("queryStringParameters", RequestParts.last(query(request)));
    event.put("headers", RequestParts.last(RequestParts.smallHeaders(request, HOST)));
    RequestParts.putBody(event, request, "");
    return event;
  }

  static Map<String, Object> multiValues(ClientRequest request) {
    Map<String, Object> event = event(request);
    event.put("multiValueQueryStringParameters", query(request));
    event.put("multiValueHeaders", RequestParts.smallHeaders(request, HOST));
    RequestParts.putBody(event, request, "");
    return event;
  }

  private static Map<String, Object> event(ClientRequest request) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("requestContext", Map.of("elb", Map.of("targetGroupArn", TARGET_GROUP)));
    event.put("httpMethod", request.method());
    event.put("path", request.path());
    return event;
  }

  private static Map<String, List<String>> query(ClientRequest request) {
    return RequestParts.query(request, UnaryOperator.identity());
  }
}

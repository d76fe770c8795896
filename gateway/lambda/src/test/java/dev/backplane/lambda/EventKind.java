package dev.backplane.lambda;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.ObjectMapper;

/** What AWS makes of a request, and of the answer that the function returns. */
enum EventKind {
  /** A REST API: the path as it was sent, everything else taken apart and decoded. */
  REST_API {
    @Override
    Map<String, Object> members(ClientRequest request, String caller) {
      return GatewayEvents.restApi(request, caller);
    }

    @Override
    ClientAnswer answer(String json) {
      return ReturnedAnswer.parse(json, "multiValueHeaders", GATEWAY, LAMBDA_LIMIT);
    }
  },

  /** An HTTP API: the query as it was sent, the path decoded, headers joined. */
  HTTP_API {
    @Override
    Map<String, Object> members(ClientRequest request, String caller) {
      return GatewayEvents.httpApi(request, caller);
    }

    @Override
    ClientAnswer answer(String json) {
      return ReturnedAnswer.parse(json, "headers", VERSION_2, LAMBDA_LIMIT);
    }
  },

  /** An HTTP API with payload format 1.0: taken apart like a REST API's, the path decoded. */
  HTTP_API_1_0 {
    @Override
    Map<String, Object> members(ClientRequest request, String caller) {
      return GatewayEvents.httpApiFormat1(request, caller);
    }

    @Override
    ClientAnswer answer(String json) {
      return ReturnedAnswer.parse(json, "multiValueHeaders", GATEWAY, LAMBDA_LIMIT);
    }
  },

  /** A function URL: like an HTTP API, but with the path as it was sent. */
  FUNCTION_URL {
    @Override
    Map<String, Object> members(ClientRequest request, String caller) {
      return GatewayEvents.functionUrl(request, caller);
    }

    @Override
    ClientAnswer answer(String json) {
      return ReturnedAnswer.parse(json, "headers", VERSION_2, LAMBDA_LIMIT);
    }
  },

  /** A load balancer as it is by default: of several values of one name, only the last. */
  ALB {
    @Override
    Map<String, Object> members(ClientRequest request, String caller) {
      return LoadBalancerEvents.singleValues(request);
    }

    @Override
    ClientAnswer answer(String json) {
      return ReturnedAnswer.parse(json, "headers", BALANCER, BALANCER_LIMIT);
    }
  },

  /** A load balancer with multi-value headers. */
  ALB_MULTI_VALUE {
    @Override
    Map<String, Object> members(ClientRequest request, String caller) {
      return LoadBalancerEvents.multiValues(request);
    }

    @Override
    ClientAnswer answer(String json) {
      return ReturnedAnswer.parse(json, "multiValueHeaders", BALANCER, BALANCER_LIMIT);
    }
  };

  private static final int LAMBDA_LIMIT = 6 * 1024 * 1024;
  private static final int BALANCER_LIMIT = 1_000_000;

  /** What an answer may have besides headers; with anything else, clients get a 502. */
  private static final Set<String> GATEWAY = Set.of("statusCode", "body", "isBase64Encoded");

  private static final Set<String> VERSION_2 =
      Set.of("statusCode", "body", "isBase64Encoded", "cookies");
  private static final Set<String> BALANCER =
      Set.of("statusCode", "statusDescription", "body", "isBase64Encoded");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The event that the function gets. */
  String event(ClientRequest request) {
    return event(request, "");
  }

  /**
   * The event of an authenticated caller.
   *
   * @param caller who the authorizer says it is; load balancers have none, and say nothing
   */
  String event(ClientRequest request, String caller) {
    return MAPPER.writeValueAsString(members(request, caller));
  }

  abstract Map<String, Object> members(ClientRequest request, String caller);

  /** The answer that the client gets for what the function returns. */
  abstract ClientAnswer answer(String json);

  /** Whether the function sees the path as the client sent it. */
  boolean keepsPaths() {
    return this != HTTP_API && this != HTTP_API_1_0;
  }

  /** Whether the function sees the query as the client sent it. */
  boolean keepsQueries() {
    return this != REST_API && this != HTTP_API_1_0;
  }

  /** Whether several headers or parameters of one name arrive. */
  boolean keepsRepeated() {
    return this != ALB;
  }

  /** Whether there is an authorizer. */
  boolean knowsCallers() {
    return this != ALB && this != ALB_MULTI_VALUE;
  }
}

package dev.backplane.lambda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads who is calling from the part of an event that only API Gateway or Lambda can write.
 *
 * <table>
 *   <caption>Where each authorizer's word stands, and what becomes the name</caption>
 *   <tr><td>JWT, HTTP API</td><td>{@code authorizer.jwt.claims}</td><td>{@code sub}</td></tr>
 *   <tr><td>Cognito, REST API; JWT in format 1.0</td><td>{@code authorizer.claims}</td>
 *     <td>{@code sub}</td></tr>
 *   <tr><td>Lambda authorizer, HTTP API</td><td>{@code authorizer.lambda}</td>
 *     <td>{@code principalId}, else {@code sub}</td></tr>
 *   <tr><td>Lambda authorizer, REST API; format 1.0</td><td>{@code authorizer}</td>
 *     <td>{@code principalId}, else {@code sub}</td></tr>
 *   <tr><td>IAM, HTTP API and function URL</td><td>{@code authorizer.iam}</td>
 *     <td>the Cognito identity, else {@code userArn}</td></tr>
 *   <tr><td>IAM, REST API; format 1.0</td><td>{@code identity}</td>
 *     <td>the Cognito identity, else {@code userArn}</td></tr>
 * </table>
 *
 * <p>The users of a Cognito identity pool share the ARN of one role, so the identity names them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Create
 *     AWS Lambda proxy integrations for HTTP APIs</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda
 *     proxy integrations in API Gateway</a>
 */
final class Authorizer {
  /** Claims that are lists, which API Gateway writes with commas for REST APIs. */
  private static final Set<String> LISTS = Set.of("cognito:groups", "cognito:roles");

  /** What IAM says, by the names of HTTP APIs and function URLs, and by those of REST APIs. */
  private static final Map<String, List<String>> IAM =
      Map.of(
          "userArn", List.of("userArn"),
          "userId", List.of("userId", "user"),
          "callerId", List.of("callerId", "caller"),
          "accountId", List.of("accountId"),
          "principalOrgId", List.of("principalOrgId"),
          "amr", List.of("cognitoIdentity.amr", "cognitoAuthenticationType"),
          "cognitoIdentityId", List.of("cognitoIdentity.identityId", "cognitoIdentityId"),
          "cognitoIdentityPoolId",
              List.of("cognitoIdentity.identityPoolId", "cognitoIdentityPoolId"));

  private Authorizer() {}

  /**
   * Finds the caller.
   *
   * @param requestContext the event's {@code requestContext}
   * @return the caller; {@link Caller#NOBODY} when the request needed none
   */
  static Caller caller(Map<String, Object> requestContext) {
    Map<String, Object> authorizer = EventJson.object(requestContext, "authorizer");
    Map<String, Object> token = EventJson.object(EventJson.object(authorizer, "jwt"), "claims");
    if (token.isEmpty()) {
      token = EventJson.object(authorizer, "claims");
    }
    if (!token.isEmpty()) {
      return named(lists(flat(token)), "sub");
    }
    Map<String, Object> function = EventJson.object(authorizer, "lambda");
    if (!function.isEmpty()) {
      return named(flat(function), "principalId", "sub");
    }
    Caller user = user(EventJson.object(authorizer, "iam"));
    if (user.name().isEmpty()) {
      user = user(EventJson.object(requestContext, "identity"));
    }
    Map<String, List<String>> context = flat(authorizer);
    return user.name().isEmpty() ? named(context, "principalId", "sub") : user;
  }

  /** Whom IAM has authenticated; an API without IAM has the same members without a user. */
  private static Caller user(Map<String, Object> identity) {
    Map<String, List<String>> said = flat(identity);
    if (!said.containsKey("userArn")) {
      return Caller.NOBODY;
    }
    Map<String, List<String>> claims = new LinkedHashMap<>();
    IAM.forEach((claim, names) -> {
      for (String name : names) {
        if (said.containsKey(name)) {
          claims.put(claim, said.get(name));
        }
      }
    });
    return named(claims, "cognitoIdentityId", "userArn");
  }

  private static Caller named(Map<String, List<String>> claims, String... names) {
    for (String name : names) {
      List<String> values = claims.getOrDefault(name, List.of());
      if (values.size() == 1) {
        return new Caller(values.getFirst(), claims);
      }
    }
    return new Caller("", claims);
  }

  private static Map<String, List<String>> flat(Map<String, Object> object) {
    Map<String, List<String>> claims = new LinkedHashMap<>();
    flatten("", object, claims);
    return claims;
  }

  private static void flatten(
      String prefix, Map<String, Object> object, Map<String, List<String>> claims) {
    for (String name : object.keySet()) {
      flatten(prefix + name + ".", EventJson.object(object, name), claims);
      boolean isList = object.get(name) instanceof List<?>;
      List<String> values = EventJson.texts(object, name);
      if (isList || (!values.isEmpty() && !values.getFirst().isBlank())) {
        claims.put(prefix + name, List.copyOf(values));
      }
    }
  }

  /** Lists in a token are text by now: {@code [a b]} for HTTP APIs, {@code a,b} for REST APIs. */
  private static Map<String, List<String>> lists(Map<String, List<String>> claims) {
    claims.replaceAll((name, values) -> {
      String text = values.size() == 1 ? values.getFirst() : "";
      if (text.startsWith("[") && text.endsWith("]")) {
        return split(text.substring(1, text.length() - 1), "\\s+");
      }
      return LISTS.contains(name) && !text.isEmpty() ? split(text, ",") : values;
    });
    return claims;
  }

  private static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>(List.of(text.split(separator)));
    parts.removeIf(String::isBlank);
    return List.copyOf(parts);
  }
}

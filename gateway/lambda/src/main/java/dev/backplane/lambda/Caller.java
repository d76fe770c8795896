package dev.backplane.lambda;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, from what API Gateway's authorizer verified and from nothing else. Made anew for
 * each request, as a value, so that no request can see another's caller.
 *
 * @param name the subject, the principal or the user's ARN; empty when nobody was authenticated
 * @param claims what the authorizer says besides
 */
record Caller(String name, Map<String, String> claims) implements Principal, SecurityContext {
  Caller {
    claims = Map.copyOf(claims);
  }

  static Caller of(Map<String, Object> requestContext) {
    Map<String, Object> authorizer = EventJson.object(requestContext, "authorizer");
    Map<String, String> claims = new LinkedHashMap<>();
    copy(authorizer, claims); // a Lambda authorizer of a REST API: principalId and its own keys
    copy(EventJson.object(authorizer, "lambda"), claims);
    copy(EventJson.object(authorizer, "iam"), claims);
    copy(EventJson.object(authorizer, "claims"), claims); // Cognito at a REST API
    copy(EventJson.object(EventJson.object(authorizer, "jwt"), "claims"), claims);
    for (String key : List.of("sub", "principalId", "userArn")) {
      String name = claims.get(key);
      if (name != null) {
        return new Caller(name, claims);
      }
    }
    String user = EventJson.text(EventJson.object(requestContext, "identity"), "userArn");
    return new Caller(user == null ? "" : user, claims);
  }

  private static void copy(Map<String, Object> from, Map<String, String> to) {
    for (String key : from.keySet()) {
      String value = EventJson.text(from, key);
      if (value != null) {
        to.put(key, value);
      }
    }
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    return name.isEmpty() ? null : this;
  }

  @Override
  public boolean isUserInRole(String role) {
    return false; // API Gateway knows no roles
  }

  @Override
  public boolean isSecure() {
    return true; // API Gateway speaks nothing but TLS
  }

  @Override
  public @Nullable String getAuthenticationScheme() {
    return null;
  }
}

package dev.backplane.lambda;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * What the container's request asks about the caller. A value of one request; the container's own
 * writer of security contexts keeps the event in a field that all requests share.
 *
 * @param caller who is calling
 * @param isSecure whether the request came over TLS
 */
record EventSecurity(Caller caller, boolean isSecure) implements SecurityContext {
  @Override
  public @Nullable Principal getUserPrincipal() {
    return caller.name().isEmpty() ? null : caller;
  }

  @Override
  public boolean isUserInRole(String role) {
    return false; // no authorizer knows roles
  }

  @Override
  public @Nullable String getAuthenticationScheme() {
    return null;
  }
}

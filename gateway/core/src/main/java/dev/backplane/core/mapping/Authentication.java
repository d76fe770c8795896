package dev.backplane.core.mapping;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How callers prove who they are. The server goes by all of it; in front of the function an
 * authorizer of API Gateway does the work, and only the claim of the roles counts.
 *
 * @param rolesClaim the claim that holds a caller's roles
 * @param jwt whose tokens are taken
 * @param apiKeys the file of the keys that are taken, relative to the mapping
 * @param proxy which proxy's word is taken
 */
public record Authentication(
    String rolesClaim, List<Jwt> jwt, Optional<String> apiKeys, Optional<Proxy> proxy) {
  /** What holds where the mapping says nothing. */
  public static final String ROLES = "roles";

  /** Copies the issuers. */
  public Authentication {
    jwt = List.copyOf(jwt);
  }

  /**
   * An issuer of tokens.
   *
   * @param issuer the claim {@code iss}, to the letter
   * @param audience the values of {@code aud} of which a token must have one
   * @param jwks where its keys are: a URL, or a file relative to the mapping
   * @param algorithms how its tokens may be signed
   * @param clockSkew how far its clock may be off
   */
  public record Jwt(
      String issuer,
      List<String> audience,
      String jwks,
      List<String> algorithms,
      Duration clockSkew) {
    /** Copies the lists. */
    public Jwt {
      audience = List.copyOf(audience);
      algorithms = List.copyOf(algorithms);
    }
  }

  /**
   * A proxy that has found out who is calling, by mutual TLS for example.
   *
   * @param trusted the addresses, or networks such as {@code 10.0.0.0/8}, that it calls from
   * @param subjectHeader the header with the caller
   * @param rolesHeader the header with the caller's roles, if there is one
   */
  public record Proxy(List<String> trusted, String subjectHeader, Optional<String> rolesHeader) {
    /** Copies the addresses. */
    public Proxy {
      trusted = List.copyOf(trusted);
    }
  }
}

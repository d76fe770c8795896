package dev.backplane.server;

import dev.backplane.core.ApiKey;
import dev.backplane.core.Authentication;
import dev.backplane.core.Authenticator;
import dev.backplane.core.Gateway;
import dev.backplane.core.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who is calling the server, in the ways that the mapping has. Credentials of a kind that
 * it has not are refused, as they would be if they were wrong. Safe for use by many threads.
 */
final class Callers implements Authenticator {
  private static final String BEARER = "bearer ";

  private final Tokens.Keeping keeping;
  private volatile Ways ways = Ways.NONE;

  /**
   * The ways that the mapping has.
   *
   * @param said what it says; empty: nobody is asked
   * @param tokens by tokens
   * @param keys by keys
   * @param proxy by a proxy's word
   */
  private record Ways(
      Optional<Authentication> said,
      Optional<Tokens> tokens,
      Optional<ApiKeys> keys,
      Optional<ProxyHeaders> proxy) {
    static final Ways NONE =
        new Ways(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  Callers() {
    this(Tokens.Keeping.USUAL);
  }

  Callers(Tokens.Keeping keeping) {
    this.keeping = keeping;
  }

  /**
   * Takes in what the mapping says now, and the files of keys.
   *
   * @param said what it says
   * @throws Gateway.StartException when a file is wrong; all stays as it was then
   */
  void take(Optional<Authentication> said) {
    Ways before = ways;
    Optional<ApiKeys> keys =
        said.flatMap(Authentication::apiKeys)
            .map(file -> new ApiKeys(ApiKey.read(file), Clock.systemUTC()));
    List<Authentication.Jwt> issuers = said.map(Authentication::jwt).orElse(List.of());
    // the keys of issuers that were fetched are kept where nothing changed, but read from files
    // anew
    boolean same =
        before.said().map(Authentication::jwt).equals(Optional.of(issuers))
            && issuers.stream().noneMatch(issuer -> issuer.keys().startsWith("file:"));
    Optional<Tokens> tokens =
        issuers.isEmpty()
            ? Optional.empty()
            : same ? before.tokens() : Optional.of(new Tokens(issuers, keeping));
    ways = new Ways(said, tokens, keys, said.flatMap(Authentication::proxy).map(ProxyHeaders::new));
  }

  @Override
  public Optional<Identity> identify(HttpServletRequest request) {
    Ways now = ways;
    if (now.said().isEmpty()) {
      return Optional.empty();
    }
    List<Identity> proved = new ArrayList<>();
    for (String credentials : Collections.list(request.getHeaders("Authorization"))) {
      proved.add(byToken(now, credentials));
    }
    for (String key : Collections.list(request.getHeaders(ApiKeys.HEADER))) {
      proved.add(
          now.keys().orElseThrow(() -> ApiKeys.refused("No keys are taken here.")).identify(key));
    }
    now.proxy().flatMap(proxy -> proxy.identify(request)).ifPresent(proved::add);
    if (proved.size() > 1) {
      throw new RefusedException(400, "The request says in several ways who is calling.", "");
    }
    return proved.stream().findFirst();
  }

  private static Identity byToken(Ways now, String credentials) {
    if (now.tokens().isEmpty() || !credentials.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new RefusedException(
          401,
          now.tokens().isEmpty()
              ? "No tokens are taken here."
              : "Authorization should be Bearer, with a token.",
          now.tokens().isEmpty() ? "" : "invalid_token");
    }
    return now.tokens().get().identify(credentials.substring(BEARER.length()).strip());
  }
}

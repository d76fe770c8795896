package dev.backplane.core.http;

import dev.backplane.core.mapping.Authentication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a client is told to say who it is (RFC 9110, section 11.6.1; RFC 6750, section 3).
 *
 * @param header the value of {@code WWW-Authenticate}
 */
record Challenges(String header) {
  private static final String NAME = "WWW-Authenticate";
  private static final String BEARER = "Bearer realm=\"backplane\"";
  private static final String API_KEY = "ApiKey realm=\"backplane\", header=\"X-API-Key\"";

  /**
   * Those of the ways that the mapping has; in front of a function, whatever it is takes tokens.
   */
  static Challenges of(Optional<Authentication> authentication) {
    List<String> schemes = new ArrayList<>();
    if (authentication.isEmpty() || !authentication.get().jwt().isEmpty()) {
      schemes.add(BEARER);
    }
    if (authentication.flatMap(Authentication::apiKeys).isPresent()) {
      schemes.add(API_KEY);
    }
    if (schemes.isEmpty()) {
      schemes.add("Certificate realm=\"backplane\""); // which a proxy asks for
    }
    return new Challenges(String.join(", ", schemes));
  }

  /** What somebody is told who has to say who they are. */
  HttpProblem unknown() {
    return new HttpProblem(
        401, "Say who you are: this is not for everybody.", Map.of(NAME, header));
  }

  /** What somebody is told whose credentials are not taken. */
  static HttpProblem refused(int status, String detail, String error) {
    if (status != 401) {
      return new HttpProblem(status, detail, status == 503 ? Map.of("Retry-After", "5") : Map.of());
    }
    String scheme = error.isEmpty() ? API_KEY : BEARER + ", error=\"" + error + "\"";
    return new HttpProblem(401, detail, Map.of(NAME, scheme));
  }
}

package dev.backplane.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.backplane.core.Authentication.Jwt;
import dev.backplane.core.Authenticator.RefusedException;
import dev.backplane.core.Identity;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets callers in by tokens (JWT, RFC 7519) that an issuer has signed. Keys are fetched when the
 * first token needs them, again when a token names one that is not known, but not more often than
 * the floor between fetches; while the issuer is down, those that were fetched last are good for
 * some hours. Safe for use by many threads.
 */
final class Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  private static final int CONNECT_MILLIS = 2000;
  private static final int READ_MILLIS = 3000;
  private static final int MOST_BYTES = 256 * 1024;

  private final Map<String, Issuer> issuers = new HashMap<>();
  private final VerifiedTokens verified;

  /**
   * An issuer as it is gone by.
   *
   * @param processor checks a token
   * @param keys the issuer's
   * @param skew how far its clock may be off
   */
  private record Issuer(
      DefaultJWTProcessor<SecurityContext> processor,
      JWKSource<SecurityContext> keys,
      Duration skew) {}

  /**
   * How keys are kept.
   *
   * @param fresh how long they are used without being fetched again
   * @param floor the least time between two fetches
   * @param stale how long they are used when they cannot be fetched again
   */
  record Keeping(Duration fresh, Duration floor, Duration stale) {
    static final Keeping USUAL =
        new Keeping(Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofHours(4));
  }

  Tokens(List<Jwt> issuers, Keeping keeping) {
    this(issuers, keeping, Clock.systemUTC());
  }

  /**
   * Takes the tokens of some issuers.
   *
   * @param clock tells how long a token that was checked is good; the library has a clock of its
   *     own
   */
  Tokens(List<Jwt> issuers, Keeping keeping, Clock clock) {
    this.verified = new VerifiedTokens(clock);
    for (Jwt issuer : issuers) {
      JWKSource<SecurityContext> keys = keys(issuer.keys(), keeping);
      this.issuers.put(
          issuer.issuer(), new Issuer(processor(issuer, keys), keys, issuer.clockSkew()));
    }
  }

  private static DefaultJWTProcessor<SecurityContext> processor(
      Jwt issuer, JWKSource<SecurityContext> keys) {
    Set<JWSAlgorithm> algorithms =
        issuer.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(algorithms, VerifiedTokens.Keys.noting(keys)));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            new HashSet<>(issuer.audience()),
            new JWTClaimsSet.Builder().issuer(issuer.issuer()).build(),
            Set.of("sub", "exp"),
            Set.of());
    claims.setMaxClockSkew((int) issuer.clockSkew().toSeconds());
    processor.setJWTClaimsSetVerifier(claims);
    return processor;
  }

  private static JWKSource<SecurityContext> keys(String from, Keeping keeping) {
    URL url;
    try {
      url = URI.create(from).toURL();
    } catch (MalformedURLException wrong) {
      throw new IllegalArgumentException("the mapping was checked to have URLs alone", wrong);
    }
    return JWKSourceBuilder.<SecurityContext>create(url, new Fetching())
        .cache(keeping.fresh().toMillis(), CONNECT_MILLIS + READ_MILLIS)
        .refreshAheadCache(false)
        .rateLimited(keeping.floor().toMillis())
        .outageTolerant(keeping.stale().toMillis())
        .build();
  }

  /** Keys come from where the mapping says, and not from where that leads on to. */
  private static final class Fetching extends DefaultResourceRetriever {
    Fetching() {
      super(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
      HttpURLConnection connection = super.openHTTPConnection(url);
      connection.setInstanceFollowRedirects(false);
      return connection;
    }
  }

  /** The caller whom a token is about. */
  Identity identify(String token) {
    try {
      Optional<Known> known = verified.find(token);
      return known.isPresent() ? known.get() : verify(token);
    } catch (ParseException malformed) {
      throw refused("The token is no signed JWT.");
    } catch (RateLimitReachedException tooSoon) {
      throw refused("The token is signed with a key that its issuer does not have.");
    } catch (KeySourceException unavailable) {
      // without its stack trace, as every request with a token gets here while this lasts
      LOG.warn("The keys of an issuer of tokens cannot be had: {}", unavailable.getMessage());
      throw new RefusedException(
          503, "The keys of the token's issuer cannot be had now: try again.", "");
    } catch (BadJOSEException | JOSEException wrong) {
      LOG.debug("a token was refused", wrong);
      throw refused(
          "The token is not good: it has expired, is for others, or is not signed as it"
              + " should be.");
    }
  }

  /** Refuses what is not signed at all. */
  private static SignedJWT parse(String token) throws ParseException {
    try {
      return SignedJWT.parse(token);
    } catch (NullPointerException noObject) {
      throw new ParseException("The header is the JSON null, which the library does not expect", 0);
    }
  }

  private Known verify(String token) throws ParseException, BadJOSEException, JOSEException {
    SignedJWT signed = parse(token);
    Issuer issuer = issuers.get(signed.getJWTClaimsSet().getIssuer());
    if (issuer == null) {
      throw refused("The token is from an issuer that is not known here.");
    }
    VerifiedTokens.Keys keys = new VerifiedTokens.Keys(issuer.keys());
    JWTClaimsSet claims = issuer.processor().process(signed, keys);
    Known caller = known(claims);
    Instant from =
        claims.getNotBeforeTime() == null
            ? Instant.EPOCH
            : claims.getNotBeforeTime().toInstant().minus(issuer.skew());
    Instant until = claims.getExpirationTime().toInstant().plus(issuer.skew());
    verified.keep(token, caller, keys, from, until);
    return caller;
  }

  private static RefusedException refused(String why) {
    return new RefusedException(401, why, "invalid_token");
  }

  private static Known known(JWTClaimsSet token) {
    String subject = token.getSubject();
    if (subject == null || subject.isBlank()) {
      throw refused("The token does not say whom it is about.");
    }
    Map<String, List<String>> claims = new HashMap<>();
    token.toJSONObject().forEach((name, value) -> flatten(name, value, claims));
    return new Known(subject, Set.of(), claims);
  }

  /** As API Gateway's authorizers hand claims over, so that rules mean the same everywhere. */
  private static void flatten(String name, Object value, Map<String, List<String>> claims) {
    switch (value) {
      case null -> {
        // says nothing
      }
      case Map<?, ?> object ->
          object.forEach((member, inner) -> flatten(name + "." + member, inner, claims));
      case List<?> list -> claims.put(name, list.stream().map(String::valueOf).toList());
      default -> claims.put(name, List.of(String.valueOf(value)));
    }
  }
}

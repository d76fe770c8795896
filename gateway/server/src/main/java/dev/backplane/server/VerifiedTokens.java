package dev.backplane.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.backplane.core.ApiKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps who was proved by a token, as a caller sends the same one with every request, and to check
 * its signature takes longer than all the rest of a small request. What is kept is good while the
 * token is, and only as long as its issuer has the very keys that it was checked with: they are
 * asked for each time, as they would be without this. Tokens themselves are not kept, only their
 * hashes. Safe for use by many threads.
 */
final class VerifiedTokens {
  /** More are checked each time; with the usual few claims, 5,000 take about 10 MB. */
  private static final int MOST = 5000;

  private final Clock clock;
  private final Cache<String, Verified> byHash =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private record Verified(Known caller, Keys keys, Instant from, Instant until) {}

  /**
   * The keys that one token may be signed with, noted while it is checked. For one thread.
   *
   * <p>Handed through the library as the context in which a token is checked.
   */
  static final class Keys implements SecurityContext {
    private final JWKSource<SecurityContext> source;
    private Optional<JWKSelector> wanted = Optional.empty();
    private List<JWK> found = List.of();

    Keys(JWKSource<SecurityContext> source) {
      this.source = source;
    }

    /** Looks keys up in a source, and notes them where the context is one of these. */
    static JWKSource<SecurityContext> noting(JWKSource<SecurityContext> source) {
      return (selector, context) -> {
        List<JWK> keys = source.get(selector, null);
        if (context instanceof Keys note) {
          note.wanted = Optional.of(selector);
          note.found = List.copyOf(keys);
        }
        return keys;
      };
    }

    private boolean areTheSame() throws KeySourceException {
      return wanted.isPresent() && source.get(wanted.get(), null).equals(found);
    }
  }

  VerifiedTokens(Clock clock) {
    this.clock = clock;
  }

  /**
   * The caller whom a token was about.
   *
   * @throws KeySourceException when the keys of its issuer cannot be had
   */
  Optional<Known> find(String token) throws KeySourceException {
    Verified known = byHash.getIfPresent(ApiKey.hash(token));
    if (known == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return now.isBefore(known.from()) || !now.isBefore(known.until()) || !known.keys().areTheSame()
        ? Optional.empty()
        : Optional.of(known.caller());
  }

  /**
   * Keeps a caller whom a token has proved.
   *
   * @param keys those that it was checked with
   * @param from when the token became good
   * @param until when it ends to be
   */
  void keep(String token, Known caller, Keys keys, Instant from, Instant until) {
    byHash.put(ApiKey.hash(token), new Verified(caller, keys, from, until));
  }
}

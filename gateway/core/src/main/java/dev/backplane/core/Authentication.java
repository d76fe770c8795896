package dev.backplane.core;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How callers prove who they are, as the mapping says; for a way in that has to find that out.
 *
 * @param jwt whose tokens are taken
 * @param apiKeys the file of the keys that are taken
 * @param proxy which proxy's word is taken
 */
public record Authentication(List<Jwt> jwt, Optional<Path> apiKeys, Optional<Proxy> proxy) {
  /** Copies the issuers. */
  public Authentication {
    jwt = List.copyOf(jwt);
  }

  /**
   * An issuer of tokens.
   *
   * @param issuer the claim {@code iss}
   * @param audience the values of {@code aud} of which a token must have one
   * @param keys where its keys are: an absolute URL of {@code http}, {@code https} or {@code file}
   * @param algorithms how its tokens may be signed
   * @param clockSkew how far its clock may be off
   */
  public record Jwt(
      String issuer,
      List<String> audience,
      String keys,
      List<String> algorithms,
      Duration clockSkew) {
    /** Copies the lists. */
    public Jwt {
      audience = List.copyOf(audience);
      algorithms = List.copyOf(algorithms);
    }
  }

  /**
   * A proxy that has found out who is calling.
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

  /** The files with keys of any kind. */
  Set<Path> files() {
    Set<Path> files = new LinkedHashSet<>();
    apiKeys.ifPresent(files::add);
    jwt.stream()
        .filter(issuer -> issuer.keys().startsWith("file:"))
        .forEach(issuer -> files.add(Path.of(URI.create(issuer.keys()))));
    return files;
  }

  /** What the mapping says, its files found from where it is. */
  static Authentication of(dev.backplane.core.mapping.Authentication said, Path mapping) {
    return new Authentication(
        said.jwt().stream().map(issuer -> of(issuer, mapping)).toList(),
        said.apiKeys().map(mapping::resolveSibling),
        said.proxy()
            .map(proxy -> new Proxy(proxy.trusted(), proxy.subjectHeader(), proxy.rolesHeader())));
  }

  private static Jwt of(dev.backplane.core.mapping.Authentication.Jwt issuer, Path mapping) {
    String keys =
        issuer.jwks().contains("://")
            ? issuer.jwks()
            : mapping.resolveSibling(issuer.jwks()).toAbsolutePath().toUri().toString();
    return new Jwt(
        issuer.issuer(), issuer.audience(), keys, issuer.algorithms(), issuer.clockSkew());
  }
}

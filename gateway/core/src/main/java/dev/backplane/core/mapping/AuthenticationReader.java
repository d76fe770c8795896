package dev.backplane.core.mapping;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what stands under {@code authentication:}. */
final class AuthenticationReader {
  /** What has a key that only its issuer knows; none of them can be made with a public key. */
  private static final List<String> ALGORITHMS =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Fields top;
  private final Reading reading;

  AuthenticationReader(Fields top, Reading reading) {
    this.top = top;
    this.reading = reading.in(Names.quoted(Keys.AUTHENTICATION.name()));
  }

  Optional<Authentication> read() {
    Optional<Yaml.Group> group = top.get(Keys.AUTHENTICATION);
    if (group.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = new Fields(group.get(), Keys.OF_AUTHENTICATION, "authentication", reading);
    List<Authentication.Jwt> issuers = new ArrayList<>();
    for (Yaml.Group issuer : fields.get(Keys.JWT).orElse(List.of())) {
      jwt(issuer).ifPresent(issuers::add);
    }
    Optional<String> keys = fields.get(Keys.API_KEYS);
    Optional<Authentication.Proxy> proxy = fields.get(Keys.PROXY).flatMap(this::proxy);
    boolean wrong = fields.isWrong(Keys.JWT) || fields.isWrong(Keys.API_KEYS);
    if (issuers.isEmpty() && keys.isEmpty() && proxy.isEmpty() && !wrong) {
      reading.report(
          group.get().at(),
          "one of \"jwt\", \"api-keys\" and \"proxy\" is needed, or nobody could say who they are");
    }
    String roles = fields.get(Keys.ROLES_CLAIM).orElse(Authentication.ROLES);
    return Optional.of(new Authentication(roles, issuers, keys, proxy));
  }

  private Optional<Authentication.Jwt> jwt(Yaml.Group group) {
    Fields fields = new Fields(group, Keys.OF_JWT, "jwt", reading);
    Optional<String> issuer = need(fields, Keys.ISSUER, group);
    Optional<String> jwks = need(fields, Keys.JWKS, group);
    Optional<List<String>> audience = fields.get(Keys.AUDIENCE).filter(list -> !list.isEmpty());
    if (audience.isEmpty() && !fields.isWrong(Keys.AUDIENCE)) {
      reading.report(
          group.at(), "\"audience\" is missing: tokens that are for others would be taken");
    }
    jwks.filter(text -> text.contains("://") && !isUrl(text))
        .ifPresent(wrong ->
            reading.report(
                fields.at(Keys.JWKS, group.at()),
                "\"jwks\" should be an https:// URL, or the path of a file; http:// only on this"
                    + " machine"));
    List<String> algorithms = fields.get(Keys.ALGORITHMS).orElse(List.of("RS256", "ES256"));
    if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
      reading.report(
          fields.at(Keys.ALGORITHMS, group.at()),
          "\"algorithms\" should be some of " + String.join(", ", ALGORITHMS));
    }
    if (issuer.isEmpty() || jwks.isEmpty() || audience.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Authentication.Jwt(
            issuer.get(),
            audience.get(),
            jwks.get(),
            algorithms,
            fields.get(Keys.CLOCK_SKEW).orElse(Keys.CLOCK_SKEW.fallbackTime())));
  }

  private static boolean isUrl(String text) {
    try {
      URI url = URI.create(text);
      return url.getHost() != null
          && (text.startsWith("https://")
              || (text.startsWith("http://") && LOCAL.contains(url.getHost())));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private Optional<Authentication.Proxy> proxy(Yaml.Group group) {
    Fields fields = new Fields(group, Keys.OF_PROXY, "proxy", reading);
    Optional<String> subject = need(fields, Keys.SUBJECT_HEADER, group);
    List<String> trusted = fields.get(Keys.TRUSTED).orElse(List.of());
    if (trusted.isEmpty() && !fields.isWrong(Keys.TRUSTED)) {
      reading.report(
          group.at(), "\"trusted\" is missing; it lists the addresses that the proxy calls from");
    }
    RateLimitsReader.checkNetworks(fields, Keys.TRUSTED, trusted, group.at(), reading);
    Optional<String> roles = fields.get(Keys.ROLES_HEADER);
    return subject.map(header -> new Authentication.Proxy(trusted, header, roles));
  }

  private Optional<String> need(Fields fields, Key.Text key, Yaml.Group group) {
    Optional<String> text = fields.get(key);
    if (text.isEmpty() && !fields.isWrong(key)) {
      reading.report(group.at(), Names.quoted(key.name()) + " is missing");
    }
    return text;
  }
}

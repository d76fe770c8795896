package dev.backplane.core.mapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the groups at the top of a mapping that are neither services nor resources. */
final class TopReader {
  private static final String ANY = "*";

  private final Fields top;
  private final Reading reading;

  TopReader(Fields top, Reading reading) {
    this.top = top;
    this.reading = reading;
  }

  Optional<Cors> cors() {
    Optional<Yaml.Group> group = top.get(Keys.CORS);
    if (group.isEmpty()) {
      return Optional.empty();
    }
    Reading inside = reading.in(Names.quoted(Keys.CORS.name()));
    Fields fields = new Fields(group.get(), Keys.OF_CORS, "cors", inside);
    Optional<List<String>> origins = fields.get(Keys.ORIGINS);
    Position at = fields.at(Keys.ORIGINS, group.get().at());
    if (origins.isEmpty() && !fields.isWrong(Keys.ORIGINS)) {
      inside.report(at, "\"origins\" is missing; it lists the origins that may call");
    }
    Set<String> allowed = Set.copyOf(origins.orElse(List.of()));
    boolean credentials = fields.get(Keys.CREDENTIALS).orElse(Keys.CREDENTIALS.fallback());
    for (String origin : allowed) {
      if (!origin.equals(ANY) && !isOrigin(origin)) {
        inside.report(
            at,
            "\"origins\" has something that is not an origin: write scheme, host and port as a"
                + " browser does, such as https://app.example.com or http://localhost:5173");
      }
    }
    if (allowed.contains(ANY) && (credentials || allowed.size() > 1)) {
      inside.report(at, "\"*\" stands alone in \"origins\", and never with credentials");
    }
    return Optional.of(
        new Cors(
            allowed, credentials, fields.get(Keys.MAX_AGE).orElse(Keys.MAX_AGE.fallbackTime())));
  }

  /** As a browser writes it: in lower case, without a path and without the scheme's own port. */
  private static boolean isOrigin(String text) {
    return text.matches(
            "[a-z][a-z0-9+.-]*://[a-z0-9._-]+(:[0-9]{1,5})?|[a-z]+://\\[[0-9a-f:]+](:[0-9]{1,5})?")
        && !(text.startsWith("https:") && text.endsWith(":443"))
        && !(text.startsWith("http:") && text.endsWith(":80"));
  }

  Optional<Idempotency> idempotency(List<String> resources) {
    Optional<Yaml.Group> group = top.get(Keys.IDEMPOTENCY);
    if (group.isEmpty()) {
      return Optional.empty();
    }
    Reading inside = reading.in(Names.quoted(Keys.IDEMPOTENCY.name()));
    Fields fields = new Fields(group.get(), Keys.OF_IDEMPOTENCY, "idempotency", inside);
    Optional<String> resource = fields.get(Keys.KEEPER);
    Position at = fields.at(Keys.KEEPER, group.get().at());
    if (resource.isEmpty() && !fields.isWrong(Keys.KEEPER)) {
      inside.report(at, "\"resource\" is missing; it names the resource that keeps the answers");
    }
    if (resource.isPresent() && !resources.contains(resource.get())) {
      inside.report(at, "\"resource\" names " + Names.noSuchResource(resource.get(), resources));
    }
    var expiresAfter = fields.get(Keys.EXPIRES_AFTER).orElse(Keys.EXPIRES_AFTER.fallbackTime());
    return resource.map(name -> new Idempotency(name, expiresAfter));
  }
}

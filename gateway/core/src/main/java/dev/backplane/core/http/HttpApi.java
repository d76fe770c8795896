package dev.backplane.core.http;

import dev.backplane.core.mapping.Authentication;
import dev.backplane.core.mapping.Mapping;
import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.Relation;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * The HTTP API: finds the resource and the operation that a request is about, and turns whatever
 * goes wrong into a problem (RFC 9457). The routes are made once; safe for use by many threads.
 */
public final class HttpApi {
  /** See {@code Gateway.PATH_WAS_DECODED}. */
  public static final String PATH_WAS_DECODED = "dev.backplane.path-was-decoded";

  /** The attribute of a request that says that the gateway is about to end: {@code true}. */
  public static final String IS_ENDING = "dev.backplane.is-ending";

  private static final List<String> READ_ONLY = List.of("GET", "HEAD", "OPTIONS");

  private final Map<String, ServedResource> resources = new LinkedHashMap<>();
  private final RandomSecret secret;
  private final int maxBodySize;
  private final CrossOrigin crossOrigin;
  private final Listing listing;
  private final Reading reading;
  private final RelationRoute relations;
  private final Writing writing;
  private final ApiDocument document;
  private final String rolesClaim;
  private final Challenges challenges;
  private final DocsPage docs = new DocsPage();

  /**
   * Makes the routes.
   *
   * @param mapping what holds for all resources
   * @param resources what is served
   * @param secret signs cursors where the mapping has no secret
   */
  public HttpApi(Mapping mapping, List<ServedResource> resources, RandomSecret secret) {
    this.secret = secret;
    resources.stream()
        .filter(resource -> !mapping.isKeeper(resource.name()))
        .forEach(resource -> this.resources.put(resource.name(), resource));
    this.maxBodySize = mapping.maxBodySize();
    this.crossOrigin = new CrossOrigin(mapping.cors());
    Clock clock = Clock.systemUTC();
    ExpansionReader expansions = new ExpansionReader(this.resources);
    this.listing = new Listing(new Cursors(mapping.cursorSecret(), secret, clock), expansions);
    this.reading = new Reading(expansions);
    this.relations = new RelationRoute(expansions, listing, reading);
    this.writing = new Writing(maxBodySize, Replays.of(mapping, resources, clock));
    this.rolesClaim =
        mapping.authentication().map(Authentication::rolesClaim).orElse(Authentication.ROLES);
    this.challenges = Challenges.of(mapping.authentication());
    this.document = new ApiDocument(mapping, List.copyOf(this.resources.values()));
  }

  /**
   * What signs cursors where the mapping has no secret; for the successor of this.
   *
   * @return the one that this was made with
   */
  public RandomSecret secret() {
    return secret;
  }

  /**
   * The OpenAPI document of what is served.
   *
   * @return the document as JSON
   */
  public byte[] document() {
    return document.whole();
  }

  /**
   * Answers a request. Never throws but for a connection that broke.
   *
   * @param request the request; method, URI and query are taken as they were sent
   * @param response takes the answer
   * @param who finds out who is calling, or throws what {@link #refused} gives
   * @param admission lets the caller in, or throws what {@link #quotaExceeded} gives
   * @throws IOException when the client has gone
   */
  public void handle(
      HttpServletRequest request,
      HttpServletResponse response,
      Supplier<Caller> who,
      Consumer<Caller> admission)
      throws IOException {
    Exchange exchange = new Exchange(request, response, maxBodySize);
    // so that every line of the log that is about this request says so, those of plugins as well
    MDC.put("requestId", exchange.requestId());
    exchange.notes().stores().begin();
    Propagation.begin(exchange);
    try {
      answer(exchange, who, admission);
    } finally {
      Propagation.end();
      exchange.notes().stores().end();
      exchange.end();
      MDC.remove("requestId");
    }
  }

  private void answer(Exchange exchange, Supplier<Caller> who, Consumer<Caller> admission)
      throws IOException {
    crossOrigin.tell(exchange);
    try {
      exchange.identify(who.get().withRolesIn(rolesClaim));
      if (exchange.caller().isKnown()) {
        admission.accept(exchange.caller());
      }
      route(exchange);
      crossOrigin.preflight(exchange);
    } catch (RuntimeException | LinkageError | StackOverflowError failure) {
      HttpProblem problem = Failures.problem(exchange.requestId(), failure);
      boolean unknown = problem.status() == HttpProblem.DENIED && !exchange.caller().isKnown();
      send(exchange, unknown ? challenges.unknown() : problem);
    } catch (VirtualMachineError fatal) {
      send(
          exchange,
          new HttpProblem(500, "The gateway failed; the log tells more about this request id."));
      throw fatal; // for whoever runs the gateway: it may be no good any more
    }
  }

  /**
   * What to throw for a request whose credentials are not taken.
   *
   * @param status 401, or what else is wrong
   * @param detail why, for the client
   * @param error the error code of RFC 6750; empty where it has none
   * @return the exception
   */
  public static RuntimeException refused(int status, String detail, String error) {
    return Challenges.refused(status, detail, error);
  }

  /**
   * What to throw for a request of a caller who asks too often.
   *
   * @param policy the limit that it is beyond
   * @param seconds when to ask again
   * @return the exception
   */
  public static RuntimeException quotaExceeded(String policy, long seconds) {
    return HttpProblem.quotaExceeded(policy, seconds);
  }

  /**
   * What browsers are told, also for whoever answers in the gateway's stead.
   *
   * @return as the mapping says
   */
  public CrossOrigin crossOrigin() {
    return crossOrigin;
  }

  /**
   * Whether a resource is served: the one that keeps answers is not.
   *
   * @param name the resource
   * @return whether there is such a path
   */
  public boolean serves(String name) {
    return resources.containsKey(name);
  }

  /**
   * Why a resource cannot keep the answers to requests with an {@code Idempotency-Key}.
   *
   * @param resource the resource that the mapping names for it
   * @return what is wrong, as a problem of the mapping says it; empty when it can
   */
  public static Optional<String> whyNoKeeper(ServedResource resource) {
    return Replays.whyNoKeeper(resource);
  }

  /**
   * As {@link #whyNoKeeper}, for what only the started store can tell; it may ask its backend.
   *
   * @param resource the resource that keeps answers
   * @return what is wrong; empty when it can keep them
   * @throws dev.backplane.spi.StoreException when the backend does not answer
   */
  public static Optional<String> whyNoIds(ServedResource resource) {
    return Replays.whyNoIds(resource);
  }

  private void route(Exchange exchange) throws IOException {
    List<String> segments = segments(exchange.path());
    switch (segments.get(0)) {
      case "api" -> api(exchange, segments.subList(1, segments.size()));
      case "health" -> health(exchange, segments.subList(1, segments.size()));
      case "openapi.json", "docs" -> documents(exchange, segments);
      default -> throw noSuchRoute();
    }
  }

  private void documents(Exchange exchange, List<String> segments) throws IOException {
    Content content =
        switch (String.join("/", segments)) {
          case "openapi.json" -> document.content(exchange.prefix(), exchange.caller());
          case "docs" -> docs.page(exchange.path().endsWith("/"));
          default -> docs.file(segments).orElseThrow(HttpApi::noSuchRoute);
        };
    exchange.notes().route("/" + segments.get(0));
    if (allow(exchange, READ_ONLY).equals("OPTIONS")) {
      options(exchange, READ_ONLY);
      return;
    }
    content.send(exchange);
  }

  private void api(Exchange exchange, List<String> segments) throws IOException {
    if (segments.equals(List.of("ping"))) {
      exchange.notes().route("/api/ping");
      fixed(exchange, 200, JsonObject.of("result", new JsonString("pong")));
      return;
    }
    if (segments.isEmpty() || segments.size() > 3) {
      throw noSuchRoute();
    }
    ServedResource served = resources.get(segments.get(0));
    if (served == null) {
      throw new HttpProblem(404, "There is no resource of this name.");
    }
    ServedResource resource = served.as(exchange.caller());
    exchange.notes().resource(resource);
    if (segments.size() == 1) {
      exchange.notes().route("/api/{resource}");
      list(exchange, resource);
      return;
    }
    List<String> below = segments.subList(1, segments.size());
    if (below.size() == 1 && exchange.wasPathDecoded()) {
      below = RelationRoute.split(resource, below.get(0));
    }
    Ids.check(below.get(0));
    if (below.size() == 2) {
      exchange.notes().route("/api/{resource}/{id}/{relation}");
      relation(exchange, resource, below.get(0), below.get(1));
      return;
    }
    exchange.notes().route("/api/{resource}/{id}");
    item(exchange, resource, below.get(0));
  }

  private void list(Exchange exchange, ServedResource resource) throws IOException {
    List<String> allowed = resource.listMethods();
    switch (allow(exchange, allowed)) {
      case "GET", "HEAD" -> {
        resource.require(Operation.LIST);
        listing.list(exchange, resource);
      }
      case "POST" -> {
        resource.require(Operation.CREATE);
        writing.create(exchange, resource);
      }
      default -> options(exchange, allowed);
    }
  }

  private void item(Exchange exchange, ServedResource resource, String id) throws IOException {
    List<String> allowed = resource.itemMethods(id);
    switch (allow(exchange, allowed)) {
      case "GET", "HEAD" -> {
        resource.require(Operation.GET);
        reading.get(exchange, resource, id);
      }
      case "POST" -> post(exchange, resource, id);
      case "PUT" -> {
        resource.require(Operation.REPLACE, Operation.CREATE);
        writing.put(exchange, resource, id);
      }
      case "PATCH" -> {
        resource.require(Operation.UPDATE);
        writing.patch(exchange, resource, id);
      }
      case "DELETE" -> {
        resource.require(Operation.DELETE);
        writing.delete(exchange, resource, id);
      }
      default -> {
        if (allowed.contains("PATCH")) {
          exchange.setHeader("Accept-Patch", Patches.TYPES);
        }
        options(exchange, allowed);
      }
    }
  }

  /** An id that takes POST is the name of an action. */
  private void post(Exchange exchange, ServedResource resource, String id) throws IOException {
    exchange.notes().route("/api/{resource}/" + id);
    if (id.equals(Bulk.NAME)) {
      resource.require(Operation.CREATE, Operation.REPLACE, Operation.UPDATE, Operation.DELETE);
      writing.bulk(exchange, resource);
      return;
    }
    resource.require(Operation.LIST);
    listing.list(exchange, resource);
  }

  private void relation(Exchange exchange, ServedResource resource, String id, String name)
      throws IOException {
    Relation relation = RelationRoute.find(resource, name);
    if (allow(exchange, READ_ONLY).equals("OPTIONS")) {
      options(exchange, READ_ONLY);
      return;
    }
    relations.get(exchange, resource, id, relation);
  }

  private static void health(Exchange exchange, List<String> segments) throws IOException {
    if (!segments.equals(List.of("live")) && !segments.equals(List.of("ready"))) {
      throw noSuchRoute();
    }
    exchange.notes().route("/health/" + segments.get(0));
    exchange.setHeader("Cache-Control", "no-store");
    if (segments.get(0).equals("ready") && exchange.isEnding()) {
      fixed(exchange, 503, JsonObject.of("status", new JsonString("ending")));
      return;
    }
    // whatever its stores do: another instance has the same, and one of many may be missed
    fixed(exchange, 200, JsonObject.of("status", new JsonString("up")));
  }

  private static void fixed(Exchange exchange, int status, JsonObject body) throws IOException {
    if (allow(exchange, READ_ONLY).equals("OPTIONS")) {
      options(exchange, READ_ONLY);
      return;
    }
    exchange.send(status, body);
  }

  private static String allow(Exchange exchange, List<String> allowed) {
    if (!allowed.contains(exchange.method())) {
      throw HttpProblem.notAllowed(exchange.method(), allowed);
    }
    return exchange.method();
  }

  private static void options(Exchange exchange, List<String> allowed) {
    exchange.setHeader("Allow", String.join(", ", allowed));
    exchange.send(204);
  }

  /** The decoded segments of a path; a slash at the end is of no account. */
  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    String[] parts = path.split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].isEmpty() && i == parts.length - 1 && !segments.isEmpty()) {
        break;
      }
      if (parts[i].isEmpty()) {
        throw noSuchRoute();
      }
      segments.add(UriText.decodeSegment(parts[i]));
    }
    if (segments.isEmpty()) {
      throw noSuchRoute();
    }
    return segments;
  }

  private static HttpProblem noSuchRoute() {
    return new HttpProblem(404, "There is nothing at this path; resources are at /api/{resource}.");
  }

  private static void send(Exchange exchange, HttpProblem problem) throws IOException {
    if (exchange.isCommitted()) {
      return;
    }
    problem.headers().forEach(exchange::setHeader);
    Optional<String> instance = Optional.of(exchange.prefix() + exchange.path());
    byte[] body = ProblemJson.write(problem, instance, exchange.requestId());
    exchange.send(problem.status(), ProblemJson.TYPE, body);
  }
}

package dev.backplane.core;

import dev.backplane.core.http.Caller;
import dev.backplane.core.http.HttpApi;
import dev.backplane.core.http.ProblemJson;
import dev.backplane.core.http.RequestNotes;
import dev.backplane.core.plugin.StoreTime;
import io.javalin.config.JavalinConfig;
import io.javalin.json.JsonMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The gateway: a mapping, the plugins that it needs, and the HTTP API over them. The server and the
 * Lambda function each start one and add it to their Javalin. Safe for use by many threads.
 */
public final class Gateway implements AutoCloseable {
  /**
   * What a gateway starts from.
   *
   * @param mapping the mapping file
   * @param plugins directories of plugins, each entry of which is loaded in isolation; services on
   *     the gateway's own class path are found besides
   * @param environment the variables that the mapping may refer to, and {@code ACTIVE_SERVICES}
   * @param replaceable those of the directories in which a jar may be written over while its plugin
   *     is at work: the plugins are loaded from copies
   * @param exposed whether others than this machine reach the gateway, so that a mapping that asks
   *     nobody who they are is refused
   * @param observer is told of the calls of stores
   */
  public record Options(
      Path mapping,
      List<Path> plugins,
      Map<String, String> environment,
      List<Path> replaceable,
      boolean exposed,
      StoreObserver observer) {
    /** Copies the collections. */
    public Options {
      plugins = List.copyOf(plugins);
      replaceable = List.copyOf(replaceable);
      environment = Map.copyOf(environment);
    }

    /**
     * Of a gateway that nobody observes.
     *
     * @param mapping the mapping file
     * @param plugins directories of plugins
     * @param environment the variables that the mapping may refer to
     * @param replaceable those of the directories in which a jar may be written over
     * @param exposed whether others than this machine reach the gateway
     */
    public Options(
        Path mapping,
        List<Path> plugins,
        Map<String, String> environment,
        List<Path> replaceable,
        boolean exposed) {
      this(mapping, plugins, environment, replaceable, exposed, StoreObserver.NONE);
    }

    /**
     * Of a gateway that only this machine reaches, or that somebody else guards.
     *
     * @param mapping the mapping file
     * @param plugins directories of plugins
     * @param environment the variables that the mapping may refer to
     * @param replaceable those of the directories in which a jar may be written over
     */
    public Options(
        Path mapping, List<Path> plugins, Map<String, String> environment, List<Path> replaceable) {
      this(mapping, plugins, environment, replaceable, false);
    }

    /**
     * Of a gateway whose plugins stay as they are, or are replaced by renaming.
     *
     * @param mapping the mapping file
     * @param plugins directories of plugins
     * @param environment the variables that the mapping may refer to
     */
    public Options(Path mapping, List<Path> plugins, Map<String, String> environment) {
      this(mapping, plugins, environment, List.of());
    }

    /**
     * The same for a gateway that is observed.
     *
     * @param by is told of the calls of stores
     * @return the options
     */
    public Options observed(StoreObserver by) {
      return new Options(mapping, plugins, environment, replaceable, exposed, by);
    }
  }

  /**
   * What {@link #reload} did.
   *
   * @param opened the resources whose stores were opened
   * @param kept the resources whose stores go on, with all that they hold
   * @param closed the resources whose stores close when their last request has ended
   */
  public record Reloaded(List<String> opened, List<String> kept, List<String> closed) {
    /** Copies the names. */
    public Reloaded {
      opened = List.copyOf(opened);
      kept = List.copyOf(kept);
      closed = List.copyOf(closed);
    }
  }

  /**
   * A resource as an overview shows it.
   *
   * @param name the name in the path
   * @param service the service that answers
   * @param methods the methods of the list and of an item, as {@code Allow} names them
   */
  public record Resource(String name, String service, List<String> methods) {}

  /**
   * What became of a request, for logs and metrics. Nothing in it is from a body, and no id of an
   * item.
   *
   * @param requestId names the request, as {@code X-Request-Id} of the answer does
   * @param route the path as a pattern, for example {@code /api/{resource}/{id}}; empty where there
   *     is nothing at the path
   * @param resource the resource; empty where the request is about none that is served
   * @param service the service that answers for the resource; empty where there is none
   * @param plan the answer's {@code Backplane-Plan}; empty for what is no list
   * @param stores the time in stores, with that of a call that is still running
   * @param storeCalls how many calls of stores there were
   * @param subject who is calling, as they proved to be; empty for somebody who has not said so.
   *     Personal data
   */
  public record Handled(
      String requestId,
      String route,
      String resource,
      String service,
      String plan,
      Duration stores,
      int storeCalls,
      String subject) {}

  /**
   * Whether the store of a resource answers.
   *
   * @param resource the resource, also one that keeps answers and is not served
   * @param service the service that opened the store
   * @param isUp whether it answers
   * @param since when that began, as far as it was seen
   * @param checked when the store was asked last
   * @param reason why it does not, in a sentence; empty when it does. No secret, host or table
   */
  public record StoreHealth(
      String resource,
      String service,
      boolean isUp,
      Instant since,
      Instant checked,
      String reason) {}

  /** The gateway cannot start; every reason is there. */
  public static final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * Collects the reasons.
     *
     * @param problems one plain line each, at least one
     */
    public StartException(List<String> problems) {
      super(String.join(System.lineSeparator(), problems));
      this.problems = List.copyOf(problems);
    }

    /**
     * Why the gateway cannot start.
     *
     * @return one plain line for each mistake, in the order of the mapping
     */
    public List<String> problems() {
      return problems;
    }
  }

  /**
   * The attribute of a servlet request, a {@link Boolean}, that says whether its path was decoded
   * on the way here and encoded again: an encoded slash in it may have been a plain one.
   */
  public static final String PATH_WAS_DECODED = HttpApi.PATH_WAS_DECODED;

  private final Generations generations;
  private final StoreChecks checks = new StoreChecks();
  private volatile boolean isEnding;

  private Gateway(Generations generations) {
    this.generations = generations;
  }

  /**
   * Reads the mapping, finds the plugins, opens the stores that the mapping needs and starts them.
   *
   * @param options what to start from
   * @return the gateway, ready to answer
   * @throws StartException when anything is wrong; everything that was opened is closed again
   */
  public static Gateway start(Options options) {
    return new Gateway(Generations.start(options));
  }

  /**
   * Reads the mapping and the plugins again and serves what they say now. Requests that are running
   * end on what they began with. A store goes on where nothing that it knows of has changed, so
   * that what it holds is not lost; others are opened anew.
   *
   * @return what became of the stores
   * @throws StartException when anything is wrong; nothing has changed then
   */
  public Reloaded reload() {
    return generations.reload();
  }

  /**
   * How callers prove who they are, as the mapping says now. The answer may be another after {@link
   * #reload}.
   *
   * @return what the mapping says; empty when nobody is asked
   */
  public Optional<Authentication> authentication() {
    return generations.current().authentication();
  }

  /**
   * How often may be asked, as the mapping says now, for a way in that sees to it. The answer may
   * be another after {@link #reload}.
   *
   * @return what the mapping says
   */
  public RateLimits rateLimits() {
    return generations.current().rateLimits();
  }

  /**
   * The largest body of a request, as the mapping says now.
   *
   * @return bytes
   */
  public int maxBodySize() {
    return generations.current().maxBodySize();
  }

  /**
   * The files and directories from which the gateway is made, for whoever looks after changes: the
   * mapping, what it names by keys of the gateway's own, and the directories of plugins. The answer
   * may be another after {@link #reload}.
   *
   * @return their paths; not all need exist
   */
  public Set<Path> files() {
    return generations.files();
  }

  /**
   * Adds the routes and what HTTP needs to a Javalin configuration, the server's or the function's.
   *
   * @param config the configuration to add to
   */
  public void addTo(JavalinConfig config) {
    addTo(config, Authenticator.CONTAINER);
  }

  /**
   * As {@link #addTo(JavalinConfig)}, where the container does not know who is calling.
   *
   * @param config the configuration to add to
   * @param authenticator finds out who is calling
   */
  public void addTo(JavalinConfig config, Authenticator authenticator) {
    addTo(config, authenticator, Admission.OF_ALL);
  }

  /**
   * As {@link #addTo(JavalinConfig, Authenticator)}, where not everybody may ask as often as they
   * like.
   *
   * @param config the configuration to add to
   * @param authenticator finds out who is calling
   * @param admission says whether a caller who is known is answered now
   */
  public void addTo(JavalinConfig config, Authenticator authenticator, Admission admission) {
    // the gateway reads and writes JSON by itself; without a mapper Javalin would look for one
    config.jsonMapper(new NoJsonMapper());
    // before every route, because Javalin's routing honours X-HTTP-Method-Override and decodes
    config.routes.before(context -> {
      handle(context.req(), context.res(), authenticator, admission);
      context.skipRemainingHandlers();
    });
  }

  private void handle(
      HttpServletRequest request,
      HttpServletResponse response,
      Authenticator authenticator,
      Admission admission)
      throws IOException {
    if (isEnding) {
      request.setAttribute(HttpApi.IS_ENDING, true);
    }
    Generation generation = generations.enter();
    try {
      generation
          .api()
          .handle(
              request,
              response,
              () -> caller(request, authenticator),
              caller -> admit(request, response, caller, admission));
    } finally {
      generation.leave();
    }
  }

  private static void admit(
      HttpServletRequest request,
      HttpServletResponse response,
      Caller caller,
      Admission admission) {
    Optional<Admission.Exceeded> exceeded =
        admission.admit(request, response, caller.subject(), caller.roles());
    if (exceeded.isPresent()) {
      throw HttpApi.quotaExceeded(exceeded.get().policy(), exceeded.get().seconds());
    }
  }

  private static Caller caller(HttpServletRequest request, Authenticator authenticator) {
    try {
      return authenticator
          .identify(request)
          .map(identity -> Caller.of(identity.getName(), identity.roles(), identity.claims()))
          .orElse(Caller.NOBODY);
    } catch (Authenticator.RefusedException refused) {
      String detail = String.valueOf(refused.getMessage());
      throw HttpApi.refused(refused.status(), detail, refused.error());
    }
  }

  /**
   * What the gateway did for a request, from whichever thread and also while it still runs.
   *
   * @param request as Javalin was given it
   * @return what is known by now; empty when the request has not reached the gateway
   */
  public static Optional<Handled> handled(HttpServletRequest request) {
    return RequestNotes.in(request::getAttribute).map(Gateway::handled);
  }

  /**
   * As {@link #handled(HttpServletRequest)}, for whoever has the request in another form.
   *
   * @param attributes gives an attribute of the request by its name; null where there is none
   * @return what is known by now; empty when the request has not reached the gateway
   */
  public static Optional<Handled> handled(Function<String, @Nullable Object> attributes) {
    return RequestNotes.in(attributes).map(Gateway::handled);
  }

  private static Handled handled(RequestNotes notes) {
    return new Handled(
        notes.requestId(),
        notes.route(),
        notes.resource(),
        notes.service(),
        notes.plan(),
        notes.stores().spent(),
        notes.stores().calls(),
        notes.subject());
  }

  /**
   * The threads of requests that are in a plugin that took too long, was interrupted and does not
   * end. What they may answer later is of no use to anybody: whoever serves answers in their stead,
   * with 504.
   *
   * @return the threads to give up; nearly always none
   */
  public static Set<Thread> stuckThreads() {
    return StoreTime.stuckThreads();
  }

  /**
   * What an answer that does not come from the gateway needs so that a page of another origin can
   * read it: the server's own about a request that is none, for example.
   *
   * @param origin the request's {@code Origin}; empty when it has none, or cannot be read
   * @return the headers; none when the mapping lists no origins
   */
  public Map<String, String> crossOriginHeaders(Optional<String> origin) {
    return generations.current().api().crossOrigin().headers(origin);
  }

  /**
   * Writes a problem (RFC 9457) for a request that never reaches the gateway, in the form that the
   * gateway's own have.
   *
   * @param status the HTTP status
   * @param detail what is wrong and what to do about it, for the client
   * @param instance the path of the request; empty when it cannot be said
   * @param requestId names the request in the log
   * @return the {@code application/problem+json}, in UTF-8
   */
  public static byte[] problem(
      int status, String detail, Optional<String> instance, String requestId) {
    return ProblemJson.write(status, detail, instance, requestId);
  }

  /**
   * Writes a problem for a request that is one too many, and so never reaches the gateway.
   *
   * @param policy the limit that it is beyond, for a 429; empty for a 503, as the server is busy
   * @param seconds when to ask again
   * @param requestId names the request in the log
   * @return the {@code application/problem+json}, in UTF-8
   */
  public static byte[] refusal(Optional<String> policy, long seconds, String requestId) {
    return ProblemJson.writeRefusal(policy, seconds, requestId);
  }

  /**
   * What is served.
   *
   * @return the resources in the order of the mapping
   */
  public List<Resource> resources() {
    return generations.current().resources();
  }

  /**
   * Asks every store whether it answers, all at the same time. A store is asked once in ten seconds
   * however often this is called, and nobody waits longer than two for it. A store that hangs keeps
   * one thread.
   *
   * @return the health of each, in the order of the mapping
   * @throws InterruptedException when the caller is to wait no longer
   */
  public List<StoreHealth> checkStores() throws InterruptedException {
    Generation generation = generations.enter();
    try {
      return checks.of(generation.served());
    } finally {
      generation.leave();
    }
  }

  /**
   * Serves on, but has {@code /health/ready} answer 503 from now on, so that whoever distributes
   * requests sends them elsewhere.
   */
  public void announceEnd() {
    isEnding = true;
  }

  /** Closes every store; call when no request is running and none will follow. */
  @Override
  public void close() {
    checks.close();
    generations.close();
  }

  /** Javalin asks for a mapper at its first request; nothing of the gateway ever uses it. */
  private static final class NoJsonMapper implements JsonMapper {}
}

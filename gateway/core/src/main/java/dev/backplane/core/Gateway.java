package dev.backplane.core;

import dev.backplane.core.http.HttpApi;
import dev.backplane.core.http.ServedResource;
import dev.backplane.core.mapping.MappingReader;
import dev.backplane.core.mapping.Problem;
import dev.backplane.core.plugin.Plugins;
import io.javalin.config.JavalinConfig;
import io.javalin.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
   */
  public record Options(Path mapping, List<Path> plugins, Map<String, String> environment) {
    /** Copies the collections. */
    public Options {
      plugins = List.copyOf(plugins);
      environment = Map.copyOf(environment);
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
   * A plugin as an overview shows it.
   *
   * @param origin the jar or directory, or {@code class path}; empty where a problem is about no
   *     single plugin
   * @param services the names of its services
   * @param problem what is wrong, in one sentence that names the place; empty when nothing is
   */
  public record Plugin(String origin, List<String> services, String problem) {}

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

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final Plugins plugins;
  private final List<ServedResource> resources;
  private final HttpApi api;

  private Gateway(Plugins plugins, List<ServedResource> resources, HttpApi api) {
    this.plugins = plugins;
    this.resources = resources;
    this.api = api;
  }

  /**
   * Reads the mapping, finds the plugins, opens the stores that the mapping needs and starts them.
   *
   * @param options what to start from
   * @return the gateway, ready to answer
   * @throws StartException when anything is wrong; everything that was opened is closed again
   */
  public static Gateway start(Options options) {
    Gateway gateway = open(options, true);
    warnOfBroken(gateway.plugins);
    return gateway;
  }

  /**
   * Finds what is wrong with a mapping, as {@link #start} would, but starts nothing.
   *
   * @param options what a gateway would start from
   * @return what would be served
   * @throws StartException when anything is wrong
   */
  public static List<Resource> check(Options options) {
    try (Gateway gateway = open(options, false)) {
      return gateway.resources();
    }
  }

  private static Gateway open(Options options, boolean start) {
    MappingReader.Result read = MappingReader.read(options.mapping(), options.environment());
    Plugins plugins = Plugins.discover(options.plugins());
    StoreOpener opener = new StoreOpener(options, plugins);
    List<ServedResource> resources = opener.open(read.mapping());
    boolean right = read.problems().isEmpty() && plugins.problems().isEmpty();
    if (start && right && opener.problems().isEmpty()) {
      opener.start(resources);
    }
    if (right && opener.problems().isEmpty()) {
      return new Gateway(plugins, resources, new HttpApi(read.mapping(), resources));
    }
    close(resources, plugins);
    List<Problem> problems = new ArrayList<>(read.problems());
    problems.addAll(opener.problems());
    throw new StartException(lines(options, problems, plugins.problems()));
  }

  /** A plugin that the mapping does not need stops nothing, but somebody dropped it in. */
  private static void warnOfBroken(Plugins plugins) {
    for (Plugins.Found found : plugins.found()) {
      found.problem().ifPresent(problem -> LOG.warn("left out, as it is broken: {}", problem));
    }
  }

  /**
   * Finds plugins without opening anything.
   *
   * @param directories as in {@link Options#plugins}
   * @return what was found, broken plugins included
   */
  public static List<Plugin> plugins(List<Path> directories) {
    try (Plugins plugins = Plugins.discover(directories)) {
      List<Plugin> found = new ArrayList<>();
      plugins
          .found()
          .forEach(each ->
              found.add(new Plugin(each.origin(), each.services(), each.problem().orElse(""))));
      // what is wrong with no one plugin: a directory that is not there, a name that two have
      plugins.problems().stream()
          .filter(problem -> found.stream().noneMatch(each -> each.problem().equals(problem)))
          .forEach(problem -> found.add(new Plugin("", List.of(), problem)));
      return found;
    }
  }

  /**
   * Adds the routes and what HTTP needs to a Javalin configuration, the server's or the function's.
   *
   * @param config the configuration to add to
   */
  public void addTo(JavalinConfig config) {
    // the gateway reads and writes JSON by itself; without a mapper Javalin would look for one
    config.jsonMapper(new NoJsonMapper());
    // before every route, because Javalin's routing honours X-HTTP-Method-Override and decodes
    config.routes.before(context -> {
      api.handle(context.req(), context.res());
      context.skipRemainingHandlers();
    });
  }

  /**
   * What is served.
   *
   * @return the resources in the order of the mapping
   */
  public List<Resource> resources() {
    return resources.stream()
        .map(resource -> {
          Set<String> methods = new LinkedHashSet<>(resource.listMethods());
          methods.addAll(resource.itemMethods());
          methods.remove("OPTIONS");
          return new Resource(
              resource.mapping().name(), resource.mapping().service(), new ArrayList<>(methods));
        })
        .toList();
  }

  /** Closes every store; call when no request is running and none will follow. */
  @Override
  public void close() {
    close(resources, plugins);
  }

  private static void close(List<ServedResource> resources, Plugins plugins) {
    for (ServedResource resource : resources) {
      try {
        resource.store().close();
      } catch (RuntimeException failure) {
        // the others are to be closed all the same
        LOG.warn("the store of resource {} failed to close", resource.mapping().name(), failure);
      }
    }
    plugins.close();
  }

  private static List<String> lines(
      Options options, List<Problem> problems, List<String> pluginProblems) {
    List<String> lines = new ArrayList<>();
    problems.stream()
        .sorted(Problem.IN_FILE)
        .forEach(problem -> lines.add(problem.describe(options.mapping().toString())));
    lines.addAll(pluginProblems);
    return lines;
  }

  /** Javalin asks for a mapper at its first request; nothing of the gateway ever uses it. */
  private static final class NoJsonMapper implements JsonMapper {}
}

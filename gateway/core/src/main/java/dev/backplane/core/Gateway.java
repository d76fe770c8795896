package dev.backplane.core;

import io.javalin.config.JavalinConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The gateway: a mapping, the plugins that it needs, and the HTTP API over them. The server and the
 * Lambda function each start one and add it to their Javalin. Safe for use by many threads.
 */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"}) // until the parts are joined
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
   * @param origin the jar or directory, or {@code class path}
   * @param services the names of its services
   * @param problem what is wrong with it, in one sentence; empty when nothing is
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

  private Gateway() {}

  /**
   * Reads the mapping, finds the plugins and opens the stores that the mapping needs.
   *
   * @param options what to start from
   * @return the gateway, ready to answer
   * @throws StartException when anything is wrong
   */
  public static Gateway start(Options options) {
    throw new StartException(List.of("not yet: " + options.mapping()));
  }

  /**
   * Finds plugins without opening anything.
   *
   * @param directories as in {@link Options#plugins}
   * @return what was found, broken plugins included
   */
  public static List<Plugin> plugins(List<Path> directories) {
    throw new StartException(List.of("not yet: " + directories));
  }

  /**
   * Adds the routes and what HTTP needs to a Javalin configuration, the server's or the function's.
   *
   * @param config the configuration to add to
   */
  public void addTo(JavalinConfig config) {
    throw new StartException(List.of("not yet: " + config));
  }

  /**
   * What is served.
   *
   * @return the resources in the order of the mapping
   */
  public List<Resource> resources() {
    return List.of();
  }

  /** Closes every store; call when no request is running and none will follow. */
  @Override
  public void close() {}
}

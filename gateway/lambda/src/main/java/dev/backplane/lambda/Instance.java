package dev.backplane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.backplane.core.Gateway;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that answers requests: a gateway and the container around it. A handler has one at a time.
 * Safe for use by many threads.
 */
final class Instance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Handler.class);
  private static final String PLUGINS = "backplane/plugins";

  private final Gateway gateway;
  private final Container container;

  private Instance(Gateway gateway, Container container) {
    this.gateway = gateway;
    this.container = container;
  }

  /**
   * Starts as the environment variables say.
   *
   * @param environment see {@link Handler}
   * @param layers where Lambda unpacks layers
   * @param log is told of each request
   * @throws Gateway.StartException when anything is wrong; each reason is in the log, too
   */
  static Instance start(Map<String, String> environment, Path layers, RequestLog log) {
    Gateway gateway = start(options(environment, layers));
    String basePath = environment.getOrDefault("BACKPLANE_BASE_PATH", "");
    return new Instance(
        gateway, new Container(gateway::addTo, gateway::crossOriginHeaders, basePath, log));
  }

  private static Gateway.Options options(Map<String, String> environment, Path layers) {
    Path root = Path.of(environment.getOrDefault("LAMBDA_TASK_ROOT", ""));
    Path mapping = root.resolve(environment.getOrDefault("BACKPLANE_MAPPING", "mapping.yaml"));
    List<Path> plugins =
        Stream.of(root, layers)
            .map(base -> base.resolve(PLUGINS))
            .filter(Files::isDirectory)
            .toList();
    return new Gateway.Options(mapping, plugins, environment);
  }

  private static Gateway start(Gateway.Options options) {
    try {
      Gateway gateway = Gateway.start(options);
      LOG.info(
          "Backplane serves {}",
          gateway.resources().stream()
              .map(resource -> "/api/" + resource.name() + " from " + resource.service())
              .collect(Collectors.joining(", ")));
      return gateway;
    } catch (Gateway.StartException mistakes) {
      mistakes.problems().forEach(LOG::error);
      throw mistakes;
    }
  }

  /** Answers an event. */
  byte[] handle(InputStream event, Context lambda) {
    return container.handle(event, lambda);
  }

  /** What is served. */
  List<Gateway.Resource> resources() {
    return gateway.resources();
  }

  /** Closes the stores; call when no request is running. */
  @Override
  public void close() {
    container.close();
    gateway.close();
  }
}

package dev.backplane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.backplane.core.Gateway;
import dev.backplane.lambda.environment.FunctionVariables;
import dev.backplane.lambda.remote.RemoteMapping;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Optional<RemoteMapping> remote;

  private Instance(Gateway gateway, Container container, Optional<RemoteMapping> remote) {
    this.gateway = gateway;
    this.container = container;
    this.remote = remote;
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
    Path root = Path.of(FunctionVariables.ROOT.in(environment));
    String named = FunctionVariables.MAPPING.in(environment);
    Optional<RemoteMapping> remote = Optional.empty();
    try {
      if (RemoteMapping.isUri(named)) {
        remote = Optional.of(RemoteMapping.fetch(named, environment));
      }
      Path mapping = remote.map(RemoteMapping::file).orElseGet(() -> root.resolve(named));
      List<Path> plugins =
          Stream.of(root, layers)
              .map(base -> base.resolve(PLUGINS))
              .filter(Files::isDirectory)
              .toList();
      Gateway gateway = Gateway.start(new Gateway.Options(mapping, plugins, environment));
      LOG.info(
          "Backplane serves {}",
          gateway.resources().stream()
              .map(resource -> "/api/" + resource.name() + " from " + resource.service())
              .collect(Collectors.joining(", ")));
      String basePath = FunctionVariables.BASE_PATH.in(environment);
      Container container =
          new Container(gateway::addTo, gateway::crossOriginHeaders, basePath, log);
      return new Instance(gateway, container, remote);
    } catch (Gateway.StartException mistakes) {
      List<String> problems = described(mistakes, remote);
      problems.forEach(LOG::error);
      throw new Gateway.StartException(problems);
    }
  }

  private static List<String> described(
      Gateway.StartException mistakes, Optional<RemoteMapping> remote) {
    return mistakes.problems().stream()
        .map(problem -> remote.map(mapping -> mapping.describe(problem)).orElse(problem))
        .toList();
  }

  /** Answers an event. */
  byte[] handle(InputStream event, Context lambda) {
    remote.ifPresent(mapping -> mapping.refresh(gateway));
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

package dev.backplane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.backplane.core.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function: {@code dev.backplane.lambda.Handler}. Lambda makes one for each environment, during
 * its init phase, and then calls it for each request. Safe for use by many threads.
 *
 * <p>Environment variables: {@code BACKPLANE_MAPPING} is the mapping file, relative to the
 * function's root, {@code mapping.yaml} when it is not set; {@code BACKPLANE_BASE_PATH} is a prefix
 * that is taken from each path; and whatever the mapping refers to.
 *
 * <p>A mistake in the mapping makes the init phase fail: Lambda then counts an error and publishes
 * no version with SnapStart or provisioned concurrency, so that a deployment stops where a function
 * that answers 500 would go live. The reasons are in the log, one line each.
 */
public final class Handler implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Handler.class);
  private static final String PLUGINS = "backplane/plugins";

  private final Container container;

  /** Starts the gateway as the environment variables say. Called by Lambda. */
  public Handler() {
    this(System.getenv(), Path.of("/opt"));
  }

  Handler(Map<String, String> environment, Path layers) {
    RequestLog requestLog = new RequestLog(environment);
    Gateway gateway = start(options(environment, layers));
    String basePath = environment.getOrDefault("BACKPLANE_BASE_PATH", "");
    container = new Container(gateway::addTo, gateway::crossOriginHeaders, basePath, requestLog);
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

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write(container.handle(input, context));
  }
}

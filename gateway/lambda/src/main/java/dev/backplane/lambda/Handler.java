package dev.backplane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.backplane.lambda.environment.FunctionVariables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The function: {@code dev.backplane.lambda.Handler}. Lambda makes one for each environment, during
 * its init phase, and then calls it for each request. Safe for use by many threads.
 *
 * <p>Environment variables: those of {@link FunctionVariables}, and whatever the mapping refers to.
 *
 * <p>A mistake in the mapping makes the init phase fail: Lambda then counts an error and publishes
 * no version with SnapStart or provisioned concurrency, so that a deployment stops where a function
 * that answers 500 would go live. The reasons are in the log, one line each.
 */
public final class Handler implements RequestStreamHandler {
  private static final String SNAPSHOT = "snap-start";

  private final Map<String, String> environment;
  private final Path layers;
  private final RequestLog log;

  @SuppressWarnings("UnusedVariable") // to be held: Lambda's own reference is weak
  private final Optional<Snapshot> snapshot;

  private volatile Optional<Instance> instance;

  /** Starts the gateway as the environment variables say. Called by Lambda. */
  public Handler() {
    this(System.getenv(), Path.of("/opt"));
  }

  Handler(Map<String, String> environment, Path layers) {
    this.environment = environment;
    this.layers = layers;
    this.log = new RequestLog(environment);
    boolean snapped = SNAPSHOT.equals(FunctionVariables.START.in(environment));
    RequestLog told = snapped ? RequestLog.ofPriming() : log;
    this.instance = Optional.of(Instance.start(environment, layers, told));
    this.snapshot = snapped ? Optional.of(Snapshot.register(this)) : Optional.empty();
  }

  Instance instance() {
    return instance.orElseThrow(() -> new IllegalStateException("the function has stopped"));
  }

  /** Closes what answers and forgets it, until {@link #start}. */
  void stop() {
    instance.ifPresent(Instance::close);
    instance = Optional.empty();
  }

  /** Starts anew after {@link #stop}. */
  void start() {
    instance = Optional.of(Instance.start(environment, layers, log));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write(instance().handle(input, context));
  }
}

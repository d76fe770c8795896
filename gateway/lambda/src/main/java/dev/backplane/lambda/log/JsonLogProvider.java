package dev.backplane.lambda.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * SLF4J's way to standard output, where Lambda takes the function's log from. SLF4J finds it by
 * {@code ServiceLoader} and makes one, before the first line. Of our own, because the logging
 * libraries that write JSON take longer to start than the gateway.
 */
public final class JsonLogProvider implements SLF4JServiceProvider {
  private static final String API_VERSION = "2.0.99"; // any 2.0

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new BasicMDCAdapter();
  private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
  private final LogLevels levels;

  /** Takes the level from the environment. Called by SLF4J. */
  public JsonLogProvider() {
    levels = new LogLevels(System.getenv());
  }

  @Override
  public void initialize() {
    levels
        .mistake()
        .ifPresent(mistake -> getLoggerFactory().getLogger(getClass().getName()).error(mistake));
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name ->
        loggers.computeIfAbsent(name, key -> new JsonLogger(key, levels.of(key), context));
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return API_VERSION;
  }
}

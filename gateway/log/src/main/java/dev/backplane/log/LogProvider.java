package dev.backplane.log;

import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * SLF4J's way to a standard stream. SLF4J finds a subclass by {@code ServiceLoader} and makes one,
 * before the first line. Of our own, because the logging libraries that write JSON take longer to
 * start than the gateway. Meant to be extended by whoever says where the lines go.
 */
public abstract class LogProvider implements SLF4JServiceProvider {
  private static final String API_VERSION = "2.0.99"; // any 2.0

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final LogLevels levels;
  private final Loggers loggers;

  /**
   * Says how and where lines are written.
   *
   * @param environment may have {@code BACKPLANE_LOG_LEVEL}
   * @param format the form, until {@link Loggers#use}
   * @param output gives the stream, which is asked for at each line
   */
  protected LogProvider(
      Map<String, String> environment, LogFormat format, Supplier<PrintStream> output) {
    levels = new LogLevels(environment);
    loggers = new Loggers(levels, format, output);
  }

  @Override
  public void initialize() {
    levels.mistake().ifPresent(loggers.getLogger(getClass().getName())::error);
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return loggers.context();
  }

  @Override
  public String getRequestedApiVersion() {
    return API_VERSION;
  }
}

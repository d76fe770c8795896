package dev.backplane.log;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/**
 * The loggers of a process, and the form in which they write. SLF4J gives it out as {@link
 * LoggerFactory#getILoggerFactory}. Safe for use by many threads.
 */
public final class Loggers implements ILoggerFactory {
  /** The variable of the environment that says which lines are written. */
  public static final String LEVEL = "BACKPLANE_LOG_LEVEL";

  /** The variable that says so where {@link #LEVEL} does not. */
  public static final String LEVEL_OF_LAMBDA = "AWS_LAMBDA_LOG_LEVEL";

  private final MDCAdapter context = new BasicMDCAdapter();
  private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
  private final LogLevels levels;
  private final Supplier<PrintStream> output;
  private volatile LogFormat format;

  Loggers(LogLevels levels, LogFormat format, Supplier<PrintStream> output) {
    this.levels = levels;
    this.format = format;
    this.output = output;
  }

  /**
   * Writes every line in a form from now on. Does nothing where SLF4J has another provider.
   *
   * @param wanted the form
   */
  public static void use(LogFormat wanted) {
    if (LoggerFactory.getILoggerFactory() instanceof Loggers ours) {
      ours.format = wanted;
    }
  }

  @Override
  public Logger getLogger(String name) {
    return loggers.computeIfAbsent(
        name, key -> new EventLogger(key, levels.of(key), context, this::write));
  }

  /** In one piece: two threads' lines do not mix, and each write may become an event of its own. */
  private void write(LogEvent event) {
    byte[] line = format.line(event);
    PrintStream stream = output.get();
    stream.write(line, 0, line.length);
    stream.flush();
  }

  MDCAdapter context() {
    return context;
  }
}

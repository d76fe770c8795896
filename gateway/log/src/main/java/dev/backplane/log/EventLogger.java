package dev.backplane.log;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.MDCAdapter;

/** Hands on what is logged with its level or a worse one. Safe for use by many threads. */
final class EventLogger extends LegacyAbstractLogger implements LoggingEventAware {
  private static final long serialVersionUID = 1L;

  private final Level least;
  private final transient MDCAdapter context;
  private final transient Consumer<LogEvent> log;

  EventLogger(String name, Level least, MDCAdapter context, Consumer<LogEvent> log) {
    this.name = name;
    this.least = least;
    this.context = context;
    this.log = log;
  }

  @Override
  public void log(LoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    write(
        event.getLevel(),
        MessageFormatter.basicArrayFormat(event.getMessage(), event.getArgumentArray()),
        event.getThrowable(),
        pairs == null ? List.of() : pairs);
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    write(level, MessageFormatter.basicArrayFormat(pattern, arguments), failure, List.of());
  }

  private void write(
      Level level,
      @Nullable String message,
      @Nullable Throwable failure,
      List<KeyValuePair> pairs) {
    String said = String.valueOf(message);
    log.accept(LogEvent.now(level, name, said, pairs, context.getCopyOfContextMap(), failure));
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null; // nothing here looks for the caller
  }

  private boolean writes(Level level) {
    return level.toInt() >= least.toInt();
  }

  @Override
  public boolean isTraceEnabled() {
    return writes(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return writes(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return writes(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return writes(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return writes(Level.ERROR);
  }
}

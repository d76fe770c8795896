package dev.backplane.server;

import dev.backplane.log.LogFormat;
import dev.backplane.log.LogProvider;

/** What SLF4J writes to in the command line: text to standard error, until an option says JSON. */
public final class ServerLog extends LogProvider {
  /** Takes the level from the environment. Called by SLF4J. */
  public ServerLog() {
    super(System.getenv(), LogFormat.TEXT, () -> System.err);
  }
}

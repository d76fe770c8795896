package dev.backplane.lambda;

import dev.backplane.log.LogFormat;
import dev.backplane.log.LogProvider;

/** What SLF4J writes to in the function: JSON to standard output, where Lambda takes it from. */
public final class FunctionLog extends LogProvider {
  /** Takes the level from the environment. Called by SLF4J. */
  public FunctionLog() {
    super(System.getenv(), LogFormat.JSON, () -> System.out);
  }
}

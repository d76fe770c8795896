package dev.backplane.core;

import java.util.Map;

/**
 * A variable of the environment that the gateway or a way in reads by itself, apart from those that
 * a mapping names. The code reads it through this and docs/configuration.md is made of it, so that
 * the page cannot miss one.
 *
 * @param name the variable
 * @param fallback what counts when it is not set; maybe empty
 * @param meaning one sentence for the page, in Markdown
 */
public record EnvironmentVariable(String name, String fallback, String meaning) {
  /** Read where stores are opened. */
  public static final EnvironmentVariable ACTIVE_SERVICES =
      new EnvironmentVariable(
          "ACTIVE_SERVICES",
          "",
          "The services that may be opened, separated by commas; all when it is empty. A mapping"
              + " with another is refused.");

  /**
   * Reads the variable.
   *
   * @param environment all variables
   * @return the value, or the fallback
   */
  public String in(Map<String, String> environment) {
    return environment.getOrDefault(name, fallback);
  }
}

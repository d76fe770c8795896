package dev.backplane.telemetry;

import java.util.Map;
import java.util.Set;

/**
 * What a server says of itself, and who wants its telemetry. Loads nothing of OpenTelemetry.
 *
 * @param environment the variables of the process
 * @param scraped whether {@link Telemetry#scrape} will be called
 * @param version of the server
 * @param commit that it was built from
 */
public record TelemetryOptions(
    Map<String, String> environment, boolean scraped, String version, String commit) {
  /** Whoever sets one of these wants something to be sent; others, such as a name, say only how. */
  private static final Set<String> EXPORTERS =
      Set.of("OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER");

  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_";

  /** Copies the variables. */
  public TelemetryOptions {
    environment = Map.copyOf(environment);
  }

  /** Whether traces or metrics are sent somewhere. */
  boolean isExported() {
    return isExported(environment);
  }

  /**
   * Whether traces or metrics are to be sent somewhere.
   *
   * @param environment the variables of the process
   * @return whether there is something for {@link Telemetry} to do, even if nobody scrapes
   */
  public static boolean isExported(Map<String, String> environment) {
    if (environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")) {
      return false;
    }
    return environment.entrySet().stream()
        .filter(variable -> !variable.getValue().isBlank())
        .map(Map.Entry::getKey)
        .anyMatch(name ->
            EXPORTERS.contains(name) || (name.startsWith(ENDPOINT) && name.endsWith("ENDPOINT")));
  }
}

package dev.backplane.server;

import dev.backplane.core.EnvironmentVariable;
import dev.backplane.log.Loggers;
import java.util.List;

/** The variables of the environment that the server reads and that stand for no option. */
final class ServerVariables {
  /** All of them; docs/configuration.md lists them. */
  static final List<EnvironmentVariable> ALL =
      List.of(
          EnvironmentVariable.ACTIVE_SERVICES,
          new EnvironmentVariable(
              Loggers.LEVEL,
              "info",
              "Which lines of the log are written: `error`, `warn`, `info`, `debug` or `trace`."
                  + " `info` when it is not set."),
          new EnvironmentVariable(
              "OTEL_…",
              "",
              "Where [traces and metrics](monitoring/README.md#traces) are sent:"
                  + " `OTEL_TRACES_EXPORTER`, `OTEL_METRICS_EXPORTER`,"
                  + " `OTEL_EXPORTER_OTLP_ENDPOINT` and what else OpenTelemetry has;"
                  + " `OTEL_SDK_DISABLED` switches it off."));

  private ServerVariables() {}
}

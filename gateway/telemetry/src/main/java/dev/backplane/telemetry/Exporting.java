package dev.backplane.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends metrics and spans as the variables of OpenTelemetry say. Loaded only where they do. */
final class Exporting {
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");

  /** What holds where no variable says otherwise. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          // what OpenTelemetry recommends, and all that the JDK's client can do
          "otel.exporter.otlp.protocol", "http/protobuf",
          // nothing is logged through it
          "otel.logs.exporter", "none",
          "otel.propagators", "tracecontext");

  private static final String WRONG = "OpenTelemetry cannot be started as its variables say: ";

  private Exporting() {}

  static OpenTelemetrySdk start(TelemetryOptions options, ScrapedMetrics scraped)
      throws TelemetryException {
    requireHttp(options);
    // so that the log has what OpenTelemetry could not send
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    try {
      return AutoConfiguredOpenTelemetrySdk.builder()
          .disableShutdownHook() // the server says when
          .addPropertiesSupplier(() -> DEFAULTS)
          .addResourceCustomizer((resource, config) -> named(resource, options))
          .addMeterProviderCustomizer((builder, config) ->
              options.scraped() ? builder.registerMetricReader(scraped) : builder)
          .build()
          .getOpenTelemetrySdk();
    } catch (ConfigurationException wrong) {
      throw new TelemetryException(WRONG + why(wrong), wrong);
    }
  }

  /** What was thrown below is told as unexpected, and only its cause says what to change. */
  private static String why(ConfigurationException wrong) {
    Throwable cause = wrong.getCause();
    return cause == null ? wrong.getMessage() + "" : wrong.getMessage() + ": " + cause.getMessage();
  }

  /** OpenTelemetry's own word on it names jars, which nobody should add. */
  private static void requireHttp(TelemetryOptions options) throws TelemetryException {
    for (Map.Entry<String, String> variable : options.environment().entrySet()) {
      String name = variable.getKey();
      if (name.startsWith("OTEL_EXPORTER_OTLP_")
          && name.endsWith("PROTOCOL")
          && variable.getValue().equals("grpc")) {
        throw new TelemetryException(
            WRONG + name + " is grpc; give http/protobuf, or leave it out");
      }
    }
  }

  /** By the program's name, unless another was given. */
  private static Resource named(Resource resource, TelemetryOptions options) {
    String name = resource.getAttribute(SERVICE);
    boolean isGiven = name != null && !name.startsWith("unknown_service");
    return resource.toBuilder()
        .put(SERVICE, isGiven ? name : "backplane")
        .put(VERSION, options.version())
        .build();
  }
}

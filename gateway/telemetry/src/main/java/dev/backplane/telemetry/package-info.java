/** Metrics and traces, by OpenTelemetry; Prometheus can read the metrics, too. */
package dev.backplane.telemetry;

package dev.backplane.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import java.util.Set;

/**
 * OpenTelemetry's semantic conventions, as far as they are used here, and our own in their style.
 */
final class Names {
  static final String SCOPE = "dev.backplane";

  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
  static final AttributeKey<String> COLLECTION = AttributeKey.stringKey("db.collection.name");
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
  static final AttributeKey<String> RESOURCE = AttributeKey.stringKey("backplane.resource");
  static final AttributeKey<String> REFUSAL = AttributeKey.stringKey("backplane.refusal");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("backplane.outcome");

  /** Those that the conventions advise. */
  static final List<Double> REQUEST_SECONDS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

  static final List<Double> CALL_SECONDS =
      List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);

  static final List<Double> PAUSE_SECONDS = List.of(0.01, 0.1, 1.0, 10.0);

  private static final Set<String> METHODS =
      Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

  private Names() {}

  /** The method, or one word for all that are none: clients may send what they like. */
  static String method(String sent) {
    return METHODS.contains(sent) ? sent : "_OTHER";
  }
}

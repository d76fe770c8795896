package dev.backplane.core.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What backends are sent along so that their work can be told to belong to a request: its id, and
 * the trace that the client sent (W3C Trace Context). Nothing else of a client's headers is passed
 * on.
 */
public final class Propagation {
  private static final ThreadLocal<@Nullable Exchange> CURRENT = new ThreadLocal<>();

  private static final String PARENT = "traceparent";
  private static final String STATE = "tracestate";

  /** Of this version, or of a later one, which may have more behind it. */
  private static final Pattern TRACE_PARENT =
      Pattern.compile(
          "00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"
              + "|(?!00|ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"
              + "(-[!-~]{0,200})?");

  /** What has to be passed on at least, and what is. */
  private static final Pattern TRACE_STATE = Pattern.compile("[ -~]{1,512}");

  private Propagation() {}

  static void begin(Exchange exchange) {
    CURRENT.set(exchange);
  }

  static void end() {
    CURRENT.remove();
  }

  /**
   * What belongs to the request that this thread is at.
   *
   * @param own the trace as the gateway goes on with it; empty where it keeps none, so that the
   *     client's is passed on as it is
   * @return values by the names of header fields; empty outside of a request
   */
  public static Map<String, String> current(Map<String, String> own) {
    Exchange exchange = CURRENT.get();
    if (exchange == null) {
      return own;
    }
    Map<String, String> fields = new LinkedHashMap<>(own);
    fields.put("X-Request-Id", exchange.requestId());
    if (own.isEmpty()) {
      Optional<String> parent = exchange.header(PARENT).filter(sent -> is(sent, TRACE_PARENT));
      parent.ifPresent(sent -> fields.put(PARENT, sent));
      // which means nothing without the other
      parent
          .flatMap(sent -> exchange.list(STATE))
          .filter(sent -> is(sent, TRACE_STATE))
          .ifPresent(sent -> fields.put(STATE, sent));
    }
    return fields;
  }

  private static boolean is(String text, Pattern pattern) {
    return pattern.matcher(text).matches();
  }
}

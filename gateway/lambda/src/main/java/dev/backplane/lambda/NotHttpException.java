package dev.backplane.lambda;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An event that is no HTTP request. It fails the invocation, because whatever the function returned
 * would count as handled: a queue would delete its messages, a stream go on behind its records, and
 * an event that was sent asynchronously be gone. After a failure the queue keeps them, and
 * asynchronous events are tried again and handed to the function's failure destination.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries.html">Understanding
 *     retry behavior in Lambda</a>
 */
final class NotHttpException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_NAMES = 10;
  private static final Set<String> SCHEDULES = Set.of("aws.events", "aws.scheduler");

  /**
   * Says what was received instead of a request: names only, as values may be secrets.
   *
   * @param event the event; empty when it is no JSON object
   */
  NotHttpException(Map<String, Object> event) {
    // Without a stack trace: Lambda's runtime logs it, and where it was thrown tells nobody more.
    super(
        "This function answers HTTP requests and was sent "
            + describe(event)
            + ". It fails, so that nothing counts as handled. Remove that trigger; for a test or to"
            + " keep the function warm, send a sample event of API Gateway.",
        null,
        false,
        false);
  }

  private static String describe(Map<String, Object> event) {
    if (event.isEmpty()) {
      return "an event that is empty or no JSON object";
    }
    if (event.containsKey("methodArn") || event.containsKey("routeArn")) {
      return "the question of an API Gateway authorizer";
    }
    String source = source(event);
    if (!source.isEmpty()) {
      return "records of " + source.toLowerCase(Locale.ROOT);
    }
    if (event.containsKey("detail-type")) {
      return SCHEDULES.contains(EventJson.text(event, List.of("source"), ""))
          ? "a schedule of EventBridge"
          : "an event of EventBridge";
    }
    return event.keySet().stream()
        .limit(MOST_NAMES)
        .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
        .collect(Collectors.joining(", ", "an event with [", "]"));
  }

  /** Who has sent records; empty when there are none. Kafka and MQ say so above their records. */
  private static String source(Map<String, Object> event) {
    Map<String, Object> first = event;
    if (event.get("Records") instanceof List<?> records
        && !records.isEmpty()
        && records.getFirst() instanceof Map<?, ?>) {
      first = EventJson.object(Map.of("first", records.getFirst()), "first");
    }
    return EventJson.text(first, List.of("eventSource", "EventSource"), ""); // SNS has the other
  }
}

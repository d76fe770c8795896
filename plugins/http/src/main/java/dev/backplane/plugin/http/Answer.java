package dev.backplane.plugin.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.MessageHeaders;

/** What the backend answered. */
final class Answer {
  private static final Pattern STRONG_TAG = Pattern.compile("\"([!#-~]{1,200})\"");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private final int status;
  private final MessageHeaders headers;
  private final byte[] body;
  private final boolean repeated;

  /**
   * An answer that was read whole.
   *
   * @param status the status
   * @param headers the headers
   * @param body the body, unpacked; may be empty
   */
  Answer(int status, MessageHeaders headers, byte[] body) {
    this(status, headers, body, false);
  }

  private Answer(int status, MessageHeaders headers, byte[] body, boolean repeated) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.repeated = repeated;
  }

  /** The same answer to a request that was sent before, and may have got through then as well. */
  Answer toRepeated() {
    return new Answer(status, headers, body, true);
  }

  /** Whether an earlier request of the same call may have got through as well. */
  boolean isRepeated() {
    return repeated;
  }

  int status() {
    return status;
  }

  /** The body; not to be changed. */
  byte[] body() {
    return body;
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** No such item: 404, or 410 where the backend remembers it. */
  boolean isMissing() {
    return status == 404 || status == 410;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirstHeader(name)).map(Header::getValue);
  }

  List<String> headers(String name) {
    return List.of(headers.getHeaders(name)).stream().map(Header::getValue).toList();
  }

  /** The strong ETag without its quotes, of a form that a version has. */
  Optional<String> tag() {
    return header("ETag").flatMap(Answer::strongTag);
  }

  static Optional<String> strongTag(String text) {
    Matcher tag = STRONG_TAG.matcher(text.strip());
    return tag.matches() ? Optional.of(tag.group(1)) : Optional.empty();
  }

  /** How long the backend asks to wait. */
  Optional<Duration> retryAfter() {
    return header("Retry-After").map(String::strip).flatMap(Answer::wait);
  }

  private static Optional<Duration> wait(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(Instant.now(), until);
      return Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeParseException noDate) {
      return Optional.empty();
    }
  }
}

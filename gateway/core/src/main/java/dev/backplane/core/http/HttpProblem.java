package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.util.List;
import java.util.Map;

/**
 * Ends a request with a problem (RFC 9457). Thrown by whoever finds it, written by {@link HttpApi}
 * alone. Carries no stack trace: it is an answer, not a defect.
 */
final class HttpProblem extends RuntimeException {
  /** The status of a problem that the caller's rights are the reason of. */
  static final int DENIED = 403;

  private static final long serialVersionUID = 1L;

  private static final String TYPES = "https://iana.org/assignments/http-problem-types#";

  private final int status;
  private final transient Map<String, String> headers;
  private final transient JsonObject members;

  HttpProblem(int status, String detail) {
    this(status, detail, Map.of());
  }

  /**
   * A problem with headers.
   *
   * @param status the HTTP status
   * @param detail what is wrong and what to change, for the client
   * @param headers further headers of the answer
   */
  HttpProblem(int status, String detail, Map<String, String> headers) {
    this(status, detail, headers, JsonObject.empty());
  }

  /**
   * A problem with more to say than its detail.
   *
   * @param status the HTTP status
   * @param detail what is wrong and what to change, for the client
   * @param headers further headers of the answer
   * @param members further members of the problem, such as {@code errors}
   */
  HttpProblem(int status, String detail, Map<String, String> headers, JsonObject members) {
    super(detail, null, false, false);
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.members = members;
  }

  static HttpProblem badRequest(String detail) {
    return new HttpProblem(400, detail);
  }

  static HttpProblem noSuchItem() {
    return new HttpProblem(404, "There is no item with this id.");
  }

  /** The caller may not do this; {@link HttpApi} tells somebody unknown to say who they are. */
  static HttpProblem denied(String detail) {
    return new HttpProblem(DENIED, detail);
  }

  static HttpProblem notAllowed(String method, List<String> allowed) {
    return new HttpProblem(
        405,
        method + " is not possible here; possible are " + String.join(", ", allowed) + ".",
        Map.of("Allow", String.join(", ", allowed)));
  }

  static HttpProblem taken() {
    return new HttpProblem(409, "There is an item with this id already.");
  }

  static HttpProblem stale() {
    return new HttpProblem(
        412, "The item is not in the state that the request relies on; read it again.");
  }

  /**
   * Somebody has used up what they may ask for (draft-ietf-httpapi-ratelimit-headers, section 5.1).
   *
   * @param policy which limit it is, as {@code RateLimit-Policy} names it
   * @param seconds when to ask again
   */
  static HttpProblem quotaExceeded(String policy, long seconds) {
    return new HttpProblem(
        429,
        "Too many requests; ask again in " + seconds + " s.",
        Map.of("Retry-After", Long.toString(seconds)),
        typed("quota-exceeded", "Request cannot be satisfied as assigned quota has been exceeded")
            .with("violated-policies", JsonArray.of(new JsonString(policy))));
  }

  /** As many requests are being answered as there is room for (section 5.2 of the same). */
  static HttpProblem overloaded(long seconds) {
    return new HttpProblem(
        503,
        "The server is busy; ask again in " + seconds + " s.",
        Map.of("Retry-After", Long.toString(seconds)),
        typed(
            "temporary-reduced-capacity",
            "Request cannot be satisfied due to temporary server capacity constraints"));
  }

  /** The members of a registered type of problem. */
  private static JsonObject typed(String type, String title) {
    return JsonObject.of("type", new JsonString(TYPES + type)).with("title", new JsonString(title));
  }

  int status() {
    return status;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  Map<String, String> headers() {
    return headers;
  }

  JsonObject members() {
    return members;
  }

  /** The problem as JSON, without what belongs to one request. */
  JsonObject body() {
    return JsonObject.builder()
        .put("type", new JsonString("about:blank"))
        .put("title", new JsonString(title(status)))
        .put("status", JsonNumber.of(status))
        .put("detail", new JsonString(detail()))
        .put("message", new JsonString(detail()))
        .putAll(members)
        .build();
  }

  /**
   * The reason phrase of a status (RFC 9110, section 15), which is the title of an untyped problem.
   *
   * @param status the HTTP status
   * @return for example {@code Not Found}
   */
  static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 411 -> "Length Required";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 417 -> "Expectation Failed";
      case 421 -> "Misdirected Request";
      case 422 -> "Unprocessable Content";
      case 426 -> "Upgrade Required";
      case 428 -> "Precondition Required";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> status < 500 ? "Bad Request" : "Internal Server Error";
    };
  }
}

package dev.backplane.lambda;

import com.amazonaws.serverless.proxy.model.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, the same whichever kind of event it came in.
 *
 * @param format how the answer has to look
 * @param method the method
 * @param path the path
 * @param query the raw query string; null when there is none
 * @param headers every header with all of its values
 * @param body the body's bytes, maybe none
 * @param source who sent it, as AWS says
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too large to copy
record Event(
    Format format,
    String method,
    EventPath path,
    @Nullable String query,
    Headers headers,
    byte[] body,
    Source source) {
  /** What an answer has to look like, which depends on who passes it on. */
  enum Format {
    /** Of REST APIs, and of HTTP APIs that ask for payload format 1.0. */
    V1(6 * 1024 * 1024, "6 MB"),
    /** Of HTTP APIs with payload format 2.0, and of function URLs. */
    V2(6 * 1024 * 1024, "6 MB"),
    /** Of a load balancer whose target group has multi-value headers switched off. */
    ALB(1_000_000, "1 MB"), // the smaller of the two sizes that "1 MB" can mean
    /** Of a load balancer whose target group has multi-value headers switched on. */
    ALB_MULTI_VALUE(1_000_000, "1 MB");

    private final int maxSize;
    private final String limit;

    Format(int maxSize, String limit) {
      this.maxSize = maxSize;
      this.limit = limit;
    }

    /** How many bytes an answer may have as JSON; with more, the client gets none at all. */
    int maxSize() {
      return maxSize;
    }

    /** The same for people. */
    String limit() {
      return limit;
    }
  }

  /**
   * What AWS, not the client, says about the request.
   *
   * @param requestId API Gateway's id of the request; may be empty
   * @param apiId the API; may be empty
   * @param stage the stage; may be empty
   * @param host the domain name; may be empty
   * @param protocol for example {@code HTTP/1.1}
   * @param address the client's IP address; may be empty
   * @param isSecure whether it came over TLS
   * @param caller who is calling
   */
  record Source(
      String requestId,
      String apiId,
      String stage,
      String host,
      String protocol,
      String address,
      boolean isSecure,
      Caller caller) {}
}

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
 * @param source who sent it, as API Gateway says
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
  /** The payload formats of API Gateway. */
  enum Format {
    /** REST APIs, and HTTP APIs that ask for format 1.0. */
    V1,
    /** HTTP APIs with format 2.0, and function URLs. */
    V2
  }

  /**
   * What API Gateway, not the client, says about the request.
   *
   * @param requestId API Gateway's id of the request; may be empty
   * @param apiId the API; may be empty
   * @param stage the stage; may be empty
   * @param host the domain name; may be empty
   * @param protocol for example {@code HTTP/1.1}
   * @param address the client's IP address; may be empty
   * @param caller who is calling
   */
  record Source(
      String requestId,
      String apiId,
      String stage,
      String host,
      String protocol,
      String address,
      Caller caller) {}
}

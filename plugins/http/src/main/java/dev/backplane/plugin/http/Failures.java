package dev.backplane.plugin.http;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failure of the backend means for the client, in words of our own: the backend's may name
 * hosts and what is behind it. Its bodies are never shown or logged. What the operator has to
 * change goes into the log.
 */
final class Failures {
  static final String LATE = "The backend of this resource did not answer in time.";
  private static final String FAILED = "The backend of this resource failed.";
  private static final String NO_ANSWER = "The backend of this resource does not answer.";
  private static final String BUSY = "The backend of this resource has too much to do.";

  private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

  private final String resource;

  Failures(String resource) {
    this.resource = resource;
  }

  /** For a status that is no success, and that the call has no meaning of its own for. */
  StoreException status(String method, Answer answer) {
    int status = answer.status();
    IOException cause = new IOException("the backend answered " + status + " to " + method);
    if (status >= 300 && status < 400) {
      warn(
          method,
          status,
          "redirects are not followed, so url, list and item have to name the place itself");
      return unavailable("The backend of this resource has moved.", cause);
    }
    return switch (status) {
      case 400, 422 -> invalid("The backend of this resource refuses this.", cause);
      case 401, 403, 407 -> {
        warn(method, status, "the credentials of the mapping do not allow this");
        yield unavailable("The gateway has no access to the backend of this resource.", cause);
      }
      case 404, 410 -> {
        warn(method, status, "the mapping's url, list or item does not fit the backend");
        yield unavailable("The mapping of this resource does not fit its backend.", cause);
      }
      case 405, 501 -> {
        warn(method, status, "name another method under methods, or disable the operation");
        yield new StoreException(
            Reason.UNSUPPORTED, "The backend of this resource does not do this.", cause);
      }
      case 408, 504 -> new StoreException(Reason.TIMEOUT, LATE, cause);
      case 409 ->
          new StoreException(
              Reason.CONFLICT, "The state of the backend does not allow this.", cause);
      case 413 -> invalid("The backend of this resource takes no item as large as this.", cause);
      case 414, 431 ->
          invalid("The backend of this resource takes no request as long as this.", cause);
      case 406, 415 -> {
        warn(method, status, "the backend does not speak JSON as the mapping has it");
        yield unavailable("The mapping of this resource does not fit its backend.", cause);
      }
      case 428 -> {
        warn(method, status, "the backend wants conditional writes: say writes: conditional");
        yield unavailable("The mapping of this resource does not fit its backend.", cause);
      }
      case 429 -> new StoreException(Reason.THROTTLED, BUSY, cause);
      case 503 ->
          answer.header("Retry-After").isPresent()
              ? new StoreException(Reason.THROTTLED, BUSY, cause)
              : unavailable(FAILED, cause);
      default -> unavailable(FAILED, cause);
    };
  }

  /** For a request that got no answer, or only a part of one. */
  StoreException noAnswer(IOException failure, boolean late) {
    if (failure instanceof ConnectionRequestTimeoutException) {
      return new StoreException(
          Reason.THROTTLED, "All connections to the backend of this resource are busy.", failure);
    }
    if (failure instanceof AllowedAddresses.RefusedAddressException) {
      LOG.error("The backend of \"{}\" is not asked: {}", resource, failure.getMessage());
      return unavailable(NO_ANSWER, failure);
    }
    if (failure instanceof ConnectTimeoutException) {
      return unavailable(NO_ANSWER, failure); // nothing was sent
    }
    // an interrupted one ends as an InterruptedIOException, and so does one that the timer
    // cancelled
    if (late || failure instanceof InterruptedIOException) {
      return new StoreException(Reason.TIMEOUT, LATE, failure);
    }
    if (failure instanceof SSLException) {
      LOG.error(
          "No secure connection to the backend of \"{}\": {}", resource, failure.getMessage());
    }
    return unavailable(NO_ANSWER, failure);
  }

  /** For an answer that cannot be read as what the mapping says that it is. */
  StoreException nonsense(String what) {
    LOG.error("The backend of \"{}\" gave {}", resource, what);
    return unavailable(
        "The backend of this resource gave an answer that the gateway cannot read.",
        new IOException("the backend gave " + what));
  }

  /** For a backend that does not keep what {@code writes: conditional} says of it. */
  StoreException noConditions(String what) {
    LOG.error(
        "The backend of \"{}\" {}: it has no conditional writes, so the mapping has to say"
            + " writes: none or writes: unconditional",
        resource,
        what);
    return unavailable(
        "The mapping of this resource does not fit its backend.",
        new IOException("the backend " + what));
  }

  StoreException open() {
    return unavailable(
        "The backend of this resource has failed too often; it is asked again in a while.",
        new IOException("the circuit breaker is open"));
  }

  private void warn(String method, int status, String advice) {
    LOG.error("The backend of \"{}\" answered {} to {}: {}", resource, status, method, advice);
  }

  private static StoreException unavailable(String message, Throwable cause) {
    return new StoreException(Reason.UNAVAILABLE, message, cause);
  }

  private static StoreException invalid(String message, Throwable cause) {
    return new StoreException(Reason.INVALID, message, cause);
  }
}

package dev.backplane.core;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Finds out who is calling, from the credentials of a request. Safe for use by many threads. */
@FunctionalInterface
public interface Authenticator {
  /** Takes the word of the container that the request came through. */
  Authenticator CONTAINER =
      request ->
          request.getUserPrincipal() instanceof Identity identity
              ? Optional.of(identity)
              : Optional.empty();

  /** The credentials of a request are not taken. */
  final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    /**
     * Says why.
     *
     * @param status 401, or 400 for credentials that contradict each other, or 503 where they
     *     cannot be verified now
     * @param detail what is wrong, for the client; never a part of the credentials
     * @param error the error code of RFC 6750; empty where it has none
     */
    public RefusedException(int status, String detail, String error) {
      super(detail, null, false, false);
      this.status = status;
      this.error = error;
    }

    /**
     * The HTTP status.
     *
     * @return as above
     */
    public int status() {
      return status;
    }

    /**
     * The error code.
     *
     * @return as above
     */
    public String error() {
      return error;
    }
  }

  /**
   * Finds out who is calling.
   *
   * @param request the request, before anything of it was read
   * @return the caller; empty when the request has no credentials
   * @throws RefusedException when it has some that are not taken
   */
  Optional<Identity> identify(HttpServletRequest request);
}

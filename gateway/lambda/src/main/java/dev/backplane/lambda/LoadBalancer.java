package dev.backplane.lambda;

import com.amazonaws.serverless.proxy.model.Headers;
import java.util.List;

/**
 * What an Application Load Balancer says about a request, which it says in headers of its own.
 *
 * <p>Nobody is authenticated by it. Where its listener signs users in, the load balancer adds
 * {@code X-Amzn-Oidc-*}, but a listener rule without that action lets a client's own headers of
 * these names pass, and only a signature tells which they are. Checking it needs the load
 * balancer's keys from a server, so these headers are for an authorizer to read, not for us.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html">HTTP
 *     headers and Application Load Balancers</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding">User
 *     claims encoding and signature verification</a>
 */
final class LoadBalancer {
  private LoadBalancer() {}

  /** Who sent the request, as the load balancer saw it. */
  static Event.Source source(Headers headers) {
    return new Event.Source(
        "",
        "",
        "",
        "",
        "HTTP/1.1",
        address(headers.getOrDefault("X-Forwarded-For", List.of())),
        "https".equalsIgnoreCase(headers.getFirst("X-Forwarded-Proto")),
        Caller.NOBODY);
  }

  /** The last address is the one that the load balancer has added; the client wrote the others. */
  private static String address(List<String> forwardedFor) {
    String all = String.join(",", forwardedFor);
    String last = all.substring(all.lastIndexOf(',') + 1).strip();
    if (last.startsWith("[")) { // an IPv6 address with a port
      return last.substring(1, Math.max(1, last.indexOf(']')));
    }
    int colon = last.indexOf(':');
    return colon < 0 || colon != last.lastIndexOf(':') ? last : last.substring(0, colon);
  }
}

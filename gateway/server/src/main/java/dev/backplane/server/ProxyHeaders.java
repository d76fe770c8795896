package dev.backplane.server;

import dev.backplane.core.Authentication;
import dev.backplane.core.Authenticator.RefusedException;
import dev.backplane.core.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes a proxy's word for who is calling, which has asked for a certificate for example. Anybody
 * else who sends its headers is refused.
 */
final class ProxyHeaders {
  private final List<Network> trusted;
  private final String subjectHeader;
  private final Optional<String> rolesHeader;

  ProxyHeaders(Authentication.Proxy proxy) {
    this.trusted = proxy.trusted().stream().map(Network::parse).toList();
    this.subjectHeader = proxy.subjectHeader();
    this.rolesHeader = proxy.rolesHeader();
  }

  /** The caller that the proxy names; empty when it names none. */
  Optional<Identity> identify(HttpServletRequest request) {
    List<String> subjects = Collections.list(request.getHeaders(subjectHeader));
    boolean roles = rolesHeader.filter(name -> request.getHeader(name) != null).isPresent();
    if (subjects.isEmpty() && !roles) {
      return Optional.empty();
    }
    byte[] peer = ClientAddress.bytes(request.getRemoteAddr()).orElseThrow();
    if (trusted.stream().noneMatch(network -> network.has(peer))) {
      throw new RefusedException(
          401, "The header " + subjectHeader + " is for the proxy alone to send.", "");
    }
    if (subjects.size() > 1) {
      throw new RefusedException(400, "The proxy names several callers.", "");
    }
    String subject = subjects.isEmpty() ? "" : subjects.get(0).strip();
    return subject.isEmpty()
        ? Optional.empty()
        : Optional.of(new Known(subject, roles(request), Map.of()));
  }

  private Set<String> roles(HttpServletRequest request) {
    return rolesHeader.stream()
        .flatMap(name -> Collections.list(request.getHeaders(name)).stream())
        .flatMap(list -> Arrays.stream(list.split("[\\s,]+", -1)))
        .filter(role -> !role.isEmpty())
        .collect(Collectors.toSet());
  }
}

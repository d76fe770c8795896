package dev.backplane.server;

import dev.backplane.core.Authentication;
import dev.backplane.core.Authenticator.RefusedException;
import dev.backplane.core.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
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

  /** Addresses that have their first bits in common. */
  private static final class Network {
    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    static Network parse(String text) {
      String[] parts = text.split("/", -1);
      byte[] address = bytes(parts[0]);
      return new Network(
          address, parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]));
    }

    boolean has(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  ProxyHeaders(Authentication.Proxy proxy) {
    this.trusted = proxy.trusted().stream().map(Network::parse).toList();
    this.subjectHeader = proxy.subjectHeader();
    this.rolesHeader = proxy.rolesHeader();
  }

  private static byte[] bytes(String address) {
    try {
      // digits alone, so nothing is looked up
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException notOne) {
      throw new IllegalArgumentException("not an address", notOne);
    }
  }

  /** The caller that the proxy names; empty when it names none. */
  Optional<Identity> identify(HttpServletRequest request) {
    List<String> subjects = Collections.list(request.getHeaders(subjectHeader));
    boolean roles = rolesHeader.filter(name -> request.getHeader(name) != null).isPresent();
    if (subjects.isEmpty() && !roles) {
      return Optional.empty();
    }
    byte[] peer = bytes(request.getRemoteAddr().replaceAll("[\\[\\]]|%.*", ""));
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

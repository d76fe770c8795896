package dev.backplane.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Finds out which address a request is from: the one that is connected, or, where that is a proxy
 * which is trusted, the last one that a proxy tells of in {@code X-Forwarded-For}. What stands
 * further to the left anybody may have written. Immutable.
 */
final class ClientAddress {
  /** Where no address is known: all of those share what one address has. */
  static final long UNKNOWN = 0;

  private final List<Network> trusted;

  /** With the proxies that the mapping has: addresses and networks. */
  ClientAddress(List<String> proxies) {
    this.trusted = proxies.stream().map(Network::parse).toList();
  }

  /**
   * The address of a request as a number: an address of IPv4, or the network of 64 bits of one of
   * IPv6, as nobody has less than that. They cannot be mixed up: the networks that numbers of 32
   * bits would be are reserved.
   */
  long of(Request request) {
    SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
    return peer instanceof InetSocketAddress internet && internet.getAddress() != null
        ? number(of(internet.getAddress().getAddress(), request.getHeaders()))
        : UNKNOWN;
  }

  /** As {@link #of(Request)}, of a connection, whatever comes on it. */
  static long of(InetAddress peer) {
    return number(peer.getAddress());
  }

  /** Whether a proxy is connected, whose connections are those of many. */
  boolean isProxy(InetAddress peer) {
    return !trusted.isEmpty() && isTrusted(peer.getAddress());
  }

  /** The address of a request of a peer with these headers. */
  byte[] of(byte[] peer, HttpFields headers) {
    if (trusted.isEmpty() || !isTrusted(peer)) {
      return peer;
    }
    byte[] last = peer;
    List<HttpField> fields = headers.getFields(HttpHeader.X_FORWARDED_FOR);
    for (int i = fields.size() - 1; i >= 0; i--) {
      String value = String.valueOf(fields.get(i).getValue());
      for (int end = value.length(); end >= 0; ) {
        int comma = value.lastIndexOf(',', end - 1);
        Optional<byte[]> hop = bytes(value.substring(comma + 1, end).strip());
        if (hop.isEmpty()) {
          return last; // whoever wrote that is not followed any further
        }
        last = hop.get();
        if (!isTrusted(last)) {
          return last;
        }
        end = comma;
      }
    }
    return last;
  }

  private boolean isTrusted(byte[] address) {
    for (Network network : trusted) {
      if (network.has(address)) {
        return true;
      }
    }
    return false;
  }

  private static long number(byte[] address) {
    return address.length == 4
        ? ByteBuffer.wrap(address).getInt() & 0xFFFF_FFFFL
        : ByteBuffer.wrap(address).getLong();
  }

  /**
   * Reads an address, also in brackets, with a port or with a zone; looks no name up.
   *
   * @return as {@link InetAddress#getAddress} gives it; empty when it is none
   */
  static Optional<byte[]> bytes(String text) {
    String address = text;
    if (address.startsWith("[")) {
      int end = address.indexOf(']');
      address = end < 0 ? "" : address.substring(1, end);
    } else if (address.indexOf(':') == address.lastIndexOf(':') && address.indexOf(':') > 0) {
      address = address.substring(0, address.indexOf(':')); // the port of an address of IPv4
    }
    int zone = address.indexOf('%');
    return address.indexOf(':') < 0
        ? v4(address)
        : v6(zone < 0 ? address : address.substring(0, zone));
  }

  private static Optional<byte[]> v4(String text) {
    byte[] address = new byte[4];
    int part = 0;
    int digits = 0;
    int number = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '.';
      if (c >= '0' && c <= '9' && digits < 3) {
        number = number * 10 + c - '0';
        digits++;
      } else if (c == '.' && digits > 0 && number <= 255 && part < 4) {
        address[part++] = (byte) number;
        digits = 0;
        number = 0;
      } else {
        return Optional.empty();
      }
    }
    return part == 4 ? Optional.of(address) : Optional.empty();
  }

  private static Optional<byte[]> v6(String text) {
    boolean digits =
        text.chars()
            .allMatch(c ->
                (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'f')
                    || (c >= 'A' && c <= 'F')
                    || c == ':'
                    || c == '.');
    try {
      return digits
          ? Optional.of(InetAddress.getByName(text).getAddress()) // a colon: it is no name
          : Optional.empty();
    } catch (UnknownHostException malformed) {
      return Optional.empty();
    }
  }
}

package dev.backplane.plugin.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves the backend's host and refuses addresses at which no backend is: link-local ones, where
 * clouds keep a machine's credentials, the other addresses of such services, unspecified and
 * multicast ones. The connection goes to the very address that was looked at, so a name that is
 * answered in two ways gains nothing. Private and loopback addresses are ordinary backends.
 *
 * <p>Called on the request's thread, for each new connection.
 */
final class AllowedAddresses implements DnsResolver {
  /** Metadata services at addresses that look like any other, as their clouds document them. */
  private static final List<byte[]> METADATA =
      List.of(
          bytes(100, 100, 100, 200), // Alibaba Cloud
          bytes(168, 63, 129, 16), // Azure
          bytes(192, 0, 0, 192)); // Oracle Cloud

  private final DnsResolver resolver;

  AllowedAddresses(DnsResolver resolver) {
    this.resolver = resolver;
  }

  /** Thrown for an address that is refused; the message is for the log. */
  static final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException() {
      super("the host has a link-local, metadata, multicast or unspecified address");
    }
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = resolver.resolve(host);
    if (addresses == null || addresses.length == 0) {
      throw new UnknownHostException("the host has no address");
    }
    for (InetAddress address : addresses) {
      // one is enough: a name that also leads there is not one to talk to
      if (isRefused(address)) {
        throw new RefusedAddressException();
      }
    }
    return addresses;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    List<InetSocketAddress> endpoints = new ArrayList<>();
    for (InetAddress address : resolve(host)) {
      endpoints.add(new InetSocketAddress(address, port));
    }
    return endpoints;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host; // only for Kerberos, which is not spoken here
  }

  static boolean isRefused(InetAddress address) {
    if (address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      int first = bytes[0] & 0xFF;
      boolean reserved = first == 0 || first >= 240;
      return reserved || METADATA.stream().anyMatch(known -> Arrays.equals(known, bytes));
    }
    // fd00:ec2::/32 is AWS's and fd20:ce::/32 Google's, each with metadata in it
    return startsWith(bytes, 0xFD, 0x00, 0x0E, 0xC2)
        || startsWith(bytes, 0xFD, 0x20, 0x00, 0xCE)
        || hidesRefused(bytes);
  }

  /** Whether an IPv6 address stands for an IPv4 one that is refused. */
  private static boolean hidesRefused(byte[] bytes) {
    if (startsWith(bytes, 0x20, 0x02)) { // 6to4
      return isRefusedV4(bytes, 2);
    }
    boolean translated = startsWith(bytes, 0x00, 0x64, 0xFF, 0x9B); // NAT64
    boolean mapped = isZero(bytes, 10) && (isZero(bytes, 12) || isOnes(bytes));
    boolean isatap =
        (bytes[8] & 0xFD) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == (byte) 0xFE;
    boolean loopback = isZero(bytes, 15) && bytes[15] == 1;
    return !loopback && (translated || mapped || isatap) && isRefusedV4(bytes, 12);
  }

  private static boolean isRefusedV4(byte[] bytes, int from) {
    try {
      return isRefused(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }

  private static boolean isOnes(byte[] bytes) {
    return bytes[10] == (byte) 0xFF && bytes[11] == (byte) 0xFF;
  }

  private static boolean isZero(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    return Arrays.equals(bytes, 0, start.length, bytes(start), 0, start.length);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}

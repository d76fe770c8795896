package dev.backplane.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses that have their first bits in common. A value. */
final class Network {
  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * Reads what a mapping says, which has been checked to be one.
   *
   * @param text an address, or a network such as {@code 10.0.0.0/8}
   */
  static Network parse(String text) {
    String[] parts = text.split("/", -1);
    byte[] address = bytes(parts[0]);
    return new Network(
        address, parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]));
  }

  private static byte[] bytes(String address) {
    try {
      // digits alone, so nothing is looked up
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException notOne) {
      throw new IllegalArgumentException("not an address", notOne);
    }
  }

  /** Whether an address, as {@link InetAddress#getAddress} gives it, is in it. */
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

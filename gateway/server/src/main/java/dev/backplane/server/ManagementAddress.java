package dev.backplane.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where the management server listens, as {@code --management} says.
 *
 * @param host the address, without brackets
 * @param port the port; 0 for a free one
 */
record ManagementAddress(String host, int port) {
  /** That of this machine alone, unless another is named. */
  private static final String LOOPBACK = "127.0.0.1";

  /** {@code host:port}, as in a URL. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  static final class Converter implements ITypeConverter<ManagementAddress> {
    private static final Pattern ADDRESS =
        Pattern.compile("(?:(?:\\[([0-9A-Fa-f:.]+)\\]|([^:\\[\\]]+)):)?([0-9]{1,5})");

    @Override
    public ManagementAddress convert(String value) {
      Matcher parts = ADDRESS.matcher(value);
      if (!parts.matches() || Integer.parseInt(parts.group(3)) > 65535) {
        throw new TypeConversionException(
            "'" + value + "' is no place to listen: give 9090, 0.0.0.0:9090 or [::1]:9090");
      }
      String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
      return new ManagementAddress(
          host == null ? LOOPBACK : host, Integer.parseInt(parts.group(3)));
    }
  }
}

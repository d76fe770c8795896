package dev.backplane.core.mapping;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what stands under {@code rate-limits:}, and the proxies that say whose request it is. */
final class RateLimitsReader {
  private static final Pattern V4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");

  private final Fields top;
  private final Reading reading;

  RateLimitsReader(Fields top, Reading reading) {
    this.top = top;
    this.reading = reading;
  }

  RateLimits read() {
    Optional<Yaml.Group> group = top.get(Keys.RATE_LIMITS);
    if (group.isEmpty()) {
      return RateLimits.NONE;
    }
    Reading inside = reading.in(Names.quoted(Keys.RATE_LIMITS.name()));
    Fields fields = new Fields(group.get(), Keys.OF_RATE_LIMITS, "rate-limits", inside);
    if (group.get().entries().isEmpty()) {
      inside.report(group.get().at(), "\"caller\" or \"address\" is needed, or nothing is limited");
    }
    Map<String, RateLimits.Quota> roles = new LinkedHashMap<>();
    for (Yaml.Entry entry :
        fields.get(Keys.ROLE_LIMITS).map(Yaml.Group::entries).orElse(List.of())) {
      AccessReader.checkRole(entry.key(), entry.at(), inside);
      if (!(entry.value() instanceof Yaml.Broken)) {
        new Key.Rate(entry.key(), "")
            .read(entry.value(), inside)
            .ifPresent(quota -> roles.put(entry.key(), quota));
      }
    }
    return new RateLimits(fields.get(Keys.CALLER_LIMIT), roles, fields.get(Keys.ADDRESS_LIMIT));
  }

  List<String> trustedProxies() {
    List<String> networks = top.get(Keys.TRUSTED_PROXIES).orElse(List.of());
    checkNetworks(top, Keys.TRUSTED_PROXIES, networks, new Position(1, 1), reading);
    return networks;
  }

  /** Reports what is no address or network. */
  static void checkNetworks(
      Fields fields, Key<?> key, List<String> networks, Position otherwise, Reading reading) {
    if (!networks.stream().allMatch(RateLimitsReader::isNetwork)) {
      reading.report(
          fields.at(key, otherwise),
          Names.quoted(key.name())
              + " has something that is no address or network, such as 10.1.2.3 or 10.0.0.0/8");
    }
  }

  private static boolean isNetwork(String text) {
    String[] parts = text.split("/", -1);
    boolean v6 = parts[0].contains(":");
    return (v6 ? isV6(parts[0]) : V4.matcher(parts[0]).matches())
        && (parts.length == 1
            || (parts.length == 2
                && parts[1].matches("[0-9]{1,3}")
                && Integer.parseInt(parts[1]) <= (v6 ? 128 : 32)));
  }

  /** Numbers alone, so that no name is ever looked up. */
  private static boolean isV6(String text) {
    try {
      return text.matches("[0-9a-fA-F:.]{2,45}") && InetAddress.getByName(text) != null;
    } catch (UnknownHostException malformed) {
      return false;
    }
  }
}

package dev.backplane.plugin.http;

import dev.backplane.spi.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the backend is, as the mapping says. No request leaves it: the host is fixed, and every
 * path begins with this one.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address, without brackets
 * @param port the port, the scheme's usual one where the mapping names none
 * @param path the path, encoded, without a slash at its end; may be empty
 */
record BaseUrl(String scheme, String host, int port, String path) {
  static BaseUrl read(Settings settings, String key) {
    String text = settings.string(key);
    try {
      URI uri = new URI(text);
      if (!isWeb(uri) || uri.getHost() == null) {
        throw settings.wrong(key, "should be a URL such as https://api.example.com/v1");
      }
      if (uri.getRawUserInfo() != null) {
        throw settings.wrong(key, "should be without a user and a password: use basic or bearer");
      }
      if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
        throw settings.wrong(
            key, "should be without ? and #: a fixed query belongs to list or item");
      }
      String path = uri.getRawPath().replaceFirst("/+$", "");
      if (path.contains("//") || PercentCode.climbs(path)) {
        throw settings.wrong(key, "should have a path without empty, . and .. segments");
      }
      return new BaseUrl(scheme(uri), host(uri), port(uri), path);
    } catch (URISyntaxException malformed) {
      throw settings.wrong(key, "should be a URL such as https://api.example.com/v1");
    }
  }

  private static boolean isWeb(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
  }

  private static String scheme(URI uri) {
    return uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static String host(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return scheme(uri).equals("https") ? 443 : 80;
  }

  private boolean isUsualPort() {
    return port == (scheme.equals("https") ? 443 : 80);
  }

  /**
   * Reads a link that the backend gave.
   *
   * @param from the path and query of the request that was answered with it
   * @param reference what the link says, relative or whole
   * @return the path and query that it leads to; empty when it leads out of this base
   */
  Optional<String> follow(String from, String reference) {
    try {
      URI link = new URI(reference.strip());
      URI request = new URI(from);
      if (!link.isAbsolute() && link.getRawAuthority() == null && link.getRawPath().isEmpty()) {
        // a query alone keeps the path, which URI.resolve does not know
        link =
            new URI(
                request.getRawPath()
                    + (link.getRawQuery() == null ? "" : "?" + link.getRawQuery()));
      }
      URI resolved = request.resolve(link);
      return isHere(resolved) ? target(resolved) : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private boolean isHere(URI link) {
    if (!link.isAbsolute()) {
      return link.getRawAuthority() == null;
    }
    if (!isWeb(link) || link.getHost() == null || link.getRawUserInfo() != null) {
      return false;
    }
    // a server behind one that ends TLS says http of itself; the request goes to this base anyway
    boolean samePort = port(link) == port || (isUsualPort() && link.getPort() < 0);
    return host(link).equals(host) && samePort;
  }

  private Optional<String> target(URI link) {
    String linked = link.getRawPath();
    if (linked == null || !(linked.equals(path) || linked.startsWith(path + "/"))) {
      return Optional.empty();
    }
    if (linked.contains("//") || PercentCode.climbs(linked)) {
      return Optional.empty();
    }
    String whole = linked.isEmpty() ? "/" : linked;
    return Optional.of(link.getRawQuery() == null ? whole : whole + "?" + link.getRawQuery());
  }
}

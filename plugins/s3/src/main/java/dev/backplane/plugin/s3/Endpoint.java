package dev.backplane.plugin.s3;

import dev.backplane.spi.SettingException;
import dev.backplane.spi.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where S3 answers. */
sealed interface Endpoint {
  /** The names of this machine, and the one that LocalStack's makers gave it. */
  Pattern LOOPBACK =
      Pattern.compile(
          "localhost|([^.]+\\.)*localhost\\.localstack\\.cloud|127(\\.[0-9]{1,3}){3}"
              + "|\\[(0*:)*:?0*1\\]");

  Pattern AWS = Pattern.compile(".*\\.(amazonaws\\.[a-z.]+|aws|aws\\.dev)");

  /** AWS itself, at the address that belongs to the region. */
  record Aws() implements Endpoint {}

  /** An address of one's own, for example LocalStack's. */
  record Custom(URI uri) implements Endpoint {}

  /** Whether it is on this machine, where a bucket has no name in the DNS. */
  default boolean isOnThisMachine() {
    return switch (this) {
      case Aws aws -> false;
      case Custom custom -> LOOPBACK.matcher(host(custom.uri())).matches();
    };
  }

  /** Whether it is AWS itself, also where its address is given. */
  default boolean isAws() {
    return switch (this) {
      case Aws aws -> true;
      case Custom custom -> AWS.matcher(host(custom.uri())).matches();
    };
  }

  private static String host(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT);
  }

  static Endpoint read(Settings settings) {
    Optional<String> text = settings.optionalString("endpoint");
    return text.isEmpty() || text.get().equalsIgnoreCase("aws")
        ? new Aws()
        : new Custom(uri(settings, text.get()));
  }

  private static URI uri(Settings settings, String text) {
    SettingException wrong =
        settings.wrong("endpoint", "should be aws, or a URL such as http://localhost:4566");
    try {
      URI uri = new URI(text);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      if ((http || "https".equalsIgnoreCase(uri.getScheme())) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException invalid) {
      // the parser's own words would repeat the value
      throw wrong;
    }
    throw wrong;
  }
}

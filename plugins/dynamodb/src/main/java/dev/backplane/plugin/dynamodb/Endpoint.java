package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.SettingException;
import dev.backplane.spi.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where DynamoDB answers. */
sealed interface Endpoint {
  /** The names of this machine, and the one that LocalStack's makers gave it. */
  Pattern LOOPBACK =
      Pattern.compile(
          "localhost|([^.]+\\.)*localhost\\.localstack\\.cloud|127(\\.[0-9]{1,3}){3}"
              + "|\\[(0*:)*:?0*1\\]");

  Pattern AWS = Pattern.compile(".*\\.(amazonaws\\.[a-z.]+|aws|aws\\.dev)");

  String LAMBDA = "AWS_LAMBDA_FUNCTION_NAME";

  /** AWS itself, at the address that belongs to the region. */
  record Aws() implements Endpoint {}

  /** An address of one's own, for example LocalStack's. */
  record Custom(URI uri) implements Endpoint {}

  /**
   * DynamoDB Local, which the plugin runs.
   *
   * @param home the directory of its jars
   * @param data where it keeps its tables
   */
  record Local(Path home, Path data) implements Endpoint {}

  /** Whether it is on this machine, where making tables costs and harms nobody. */
  default boolean isOnThisMachine() {
    return switch (this) {
      case Aws aws -> false;
      case Custom custom -> LOOPBACK.matcher(host(custom.uri())).matches();
      case Local local -> true;
    };
  }

  /** Whether it is AWS itself, also where its address is given. */
  private boolean isAws() {
    return switch (this) {
      case Aws aws -> true;
      case Custom custom -> AWS.matcher(host(custom.uri())).matches();
      case Local local -> false;
    };
  }

  private static String host(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT);
  }

  /** Reads {@code create-tables}: whether missing tables are made at this endpoint. */
  default boolean readCreateTables(Settings settings, Map<String, String> environment) {
    boolean here = isOnThisMachine() && !environment.containsKey(LAMBDA);
    boolean creates = settings.bool("create-tables", here);
    if (creates && isAws()) {
      throw settings.wrong(
          "create-tables",
          "is for emulators; tables in AWS are made from a template, such as `backplane tables`"
              + " prints");
    }
    return creates;
  }

  static Endpoint read(Settings settings, Map<String, String> environment) {
    Path home = settings.path("local-home", ".backplane/dynamodb-local");
    Path data = settings.path("local-data", ".backplane/dynamodb");
    Optional<String> text = settings.optionalString("endpoint");
    if (text.isEmpty() || text.get().equalsIgnoreCase("aws")) {
      return new Aws();
    }
    if (!text.get().equalsIgnoreCase("local")) {
      return new Custom(uri(settings, text.get()));
    }
    if (environment.containsKey(LAMBDA)) {
      throw settings.wrong(
          "endpoint",
          "is local, which a Lambda function cannot run; use aws, for example by the environment"
              + " variable DYNAMODB_ENDPOINT");
    }
    if (!hasJars(home)) {
      throw settings.wrong(
          "local-home",
          "does not hold DynamoDB Local; ./serve fetches it, or set DYNAMODB_ENDPOINT (aws, or a URL)"
              + " where the mapping reads it, or the setting endpoint");
    }
    return new Local(home, data);
  }

  private static boolean hasJars(Path home) {
    String[] names = home.toFile().list((directory, name) -> name.endsWith(".jar"));
    return Files.isDirectory(home) && names != null && names.length > 0;
  }

  private static URI uri(Settings settings, String text) {
    SettingException wrong =
        settings.wrong("endpoint", "should be aws, local, or a URL such as http://localhost:8000");
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

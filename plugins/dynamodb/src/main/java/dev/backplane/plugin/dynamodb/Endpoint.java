package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.SettingException;
import dev.backplane.spi.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where DynamoDB answers. */
sealed interface Endpoint {
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
    if (environment.containsKey("AWS_LAMBDA_FUNCTION_NAME")) {
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

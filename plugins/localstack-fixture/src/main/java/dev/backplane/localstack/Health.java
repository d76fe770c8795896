package dev.backplane.localstack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What LocalStack says of itself, in JSON: its version and a state for each service. */
record Health(String text) {
  private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"");

  static Health ask(URI endpoint) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) endpoint.resolve("/_localstack/health").toURL().openConnection();
    connection.setConnectTimeout(5_000);
    connection.setReadTimeout(30_000);
    try {
      byte[] body = connection.getInputStream().readAllBytes();
      return new Health(new String(body, StandardCharsets.UTF_8));
    } finally {
      connection.disconnect();
    }
  }

  /** Whoever answers without all these services is not what the tests asked for. */
  String versionWith(List<String> services) throws IOException {
    Matcher version = VERSION.matcher(text);
    if (!version.find()) {
      throw new IOException("what answers is not LocalStack: " + text);
    }
    for (String service : services) {
      String state = "\"" + Pattern.quote(service) + "\"\\s*:\\s*\"(available|running)\"";
      if (!Pattern.compile(state).matcher(text).find()) {
        throw new IOException("LocalStack has no " + service + ": " + text);
      }
    }
    return version.group(1);
  }
}

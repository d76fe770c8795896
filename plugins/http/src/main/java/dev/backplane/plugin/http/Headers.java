package dev.backplane.plugin.http;

import dev.backplane.plugin.http.Connection.Field;
import dev.backplane.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the headers that the mapping gives to every request, credentials included. */
final class Headers {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern VALUE = Pattern.compile("[\\t -~\\u0080-\\u00FF]*");

  /** What the plugin sets itself, or what would change how a message ends. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "if-match",
          "if-none-match",
          "if-range",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "range",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final String AUTHORIZATION = "Authorization";

  private Headers() {}

  static List<Field> read(Settings settings) {
    List<Field> fields = new ArrayList<>();
    settings.section("headers").ifPresent(group -> addAll(fields, group));
    if (!has(fields, "Accept")) {
      fields.add(new Field("Accept", "application/json"));
    }
    Optional<String> bearer = settings.optionalString("bearer");
    Optional<Settings> basic = settings.section("basic");
    bearer.ifPresent(token -> {
      checkValue(settings, "bearer", token);
      fields.add(new Field(AUTHORIZATION, "Bearer " + token));
    });
    basic.ifPresent(group -> fields.add(new Field(AUTHORIZATION, basic(group))));
    long credentials =
        fields.stream().filter(field -> field.name().equalsIgnoreCase(AUTHORIZATION)).count();
    if (credentials > 1) {
      throw settings.wrong(
          bearer.isPresent() ? "bearer" : "basic",
          "is one of several credentials: give one of bearer, basic and headers.Authorization");
    }
    return List.copyOf(fields);
  }

  private static boolean has(List<Field> fields, String name) {
    return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
  }

  private static void addAll(List<Field> fields, Settings group) {
    for (String name : group.keys()) {
      if (!NAME.matcher(name).matches()) {
        throw group.wrong(name, "should be the name of a header");
      }
      if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
        throw group.wrong(name, "is a header that the service sets itself");
      }
      if (has(fields, name)) {
        throw group.wrong(
            name, "stands here twice, as the case of a header's name does not matter");
      }
      Optional<String> value = group.optionalString(name);
      if (value.isPresent()) {
        checkValue(group, name, value.get());
        fields.add(new Field(name, value.get()));
      }
    }
  }

  private static void checkValue(Settings settings, String key, String value) {
    if (!VALUE.matcher(value).matches()) {
      throw settings.wrong(key, "should be the value of a header, without line breaks");
    }
  }

  private static String basic(Settings group) {
    String user = group.string("user");
    String password = group.optionalString("password").orElse("");
    if (user.indexOf(':') >= 0) {
      throw group.wrong("user", "should be without a colon, which ends it");
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}

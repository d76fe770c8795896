package dev.backplane.plugin.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Settings;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Where the backend's lists say how many items they have in all.
 *
 * @param header the header
 * @param in where in the body
 */
record Totals(Optional<String> header, Optional<FieldPath> in) {
  private static final String ESTIMATED = "count=estimated";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  static Totals read(Settings settings) {
    Optional<String> header = settings.optionalString("total-header");
    Optional<FieldPath> in = Shape.path(settings, "total-in");
    if (header.isPresent() && in.isPresent()) {
      throw settings.wrong("total-in", "says where the total is a second time, after total-header");
    }
    return new Totals(header, in);
  }

  boolean areKnown() {
    return header.isPresent() || in.isPresent();
  }

  /**
   * The total; empty where the answer says none, or that it is an estimate (as this gateway does).
   */
  OptionalLong of(Answer answer, JsonValue whole) {
    if (answer.headers("Preference-Applied").stream().anyMatch(each -> each.contains(ESTIMATED))) {
      return OptionalLong.empty();
    }
    Optional<String> inHeader = header.flatMap(answer::header).map(String::strip);
    Optional<String> inBody =
        whole instanceof JsonObject object
            ? in.flatMap(path -> path.find(object))
                .filter(JsonNumber.class::isInstance)
                .flatMap(JsonValue::text)
            : Optional.empty();
    return inHeader
        .or(() -> inBody)
        .filter(text -> NUMBER.matcher(text).matches())
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }
}

package dev.backplane.core.schema;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A JSON Schema (2020-12) that was read and is right. Safe for use by many threads. */
public final class JsonSchema {
  /** Beyond the range of a double; a test such as {@code multipleOf} takes time with the digits. */
  static final int MOST_PLACES = 400;

  private final SchemaDocuments documents;
  private final Validator validator;
  private final URI uri;

  JsonSchema(SchemaDocuments documents, Validator validator, URI uri) {
    this.documents = documents;
    this.validator = validator;
    this.uri = uri;
  }

  /**
   * The schema as it was read, and what it refers to in other files.
   *
   * @return each by what references name it by; the schema itself first
   */
  public Map<URI, JsonValue> sources() {
    return documents.read();
  }

  /**
   * The files that it was read from.
   *
   * @return the schema's own and those that it refers to
   */
  public Set<Path> files() {
    return documents.files();
  }

  SchemaDocuments documents() {
    return documents;
  }

  /**
   * Checks a body.
   *
   * @param body what is to be stored
   * @param counts whether a violation is one; others are let pass
   * @param most how many violations are told at most
   * @return what is wrong; nothing when the body is as the schema asks
   */
  public List<Violation> check(JsonObject body, Predicate<Violation> counts, int most) {
    List<Violation> tooLong = new ArrayList<>();
    numbers(body, "", tooLong, most);
    if (!tooLong.isEmpty()) {
      return tooLong;
    }
    Checking checking = Checking.bounded();
    List<Violation> found = Violations.of(errors(body, checking), counts, most);
    return found.isEmpty() && checking.hasFoundEnough()
        ? Violations.of(errors(body, Checking.unbounded()), counts, most) // what counts came later
        : found;
  }

  /** All that the validator finds wrong, or as much as it looks for. */
  List<Error> errors(JsonObject body, Checking checking) {
    Validator.Result result = validator.validate(uri, SchemaNode.of(body, checking));
    return result.isValid() ? List.of() : result.getErrors();
  }

  private static void numbers(JsonValue value, String at, List<Violation> found, int most) {
    switch (value) {
      case JsonObject object ->
          object
              .members()
              .forEach((name, member) -> {
                if (holds(member)) {
                  numbers(member, Violation.member(at, name), found, most);
                }
              });
      case JsonArray array -> {
        for (int i = 0; i < array.elements().size(); i++) {
          if (holds(array.elements().get(i))) {
            numbers(array.elements().get(i), at + '/' + i, found, most);
          }
        }
      }
      case JsonNumber number when found.size() < most ->
          found.add(
              new Violation(
                  at,
                  Violation.Kind.WRONG,
                  "should be a number of at most " + MOST_PLACES + " digits"));
      default -> {
        // nothing that could be too long
      }
    }
  }

  /** Whether there is a number that is too long: most bodies have none, and need no places. */
  static boolean holds(JsonValue value) {
    return switch (value) {
      case JsonNumber number -> isTooLong(number.value());
      case JsonObject object -> object.members().values().stream().anyMatch(JsonSchema::holds);
      case JsonArray array -> array.elements().stream().anyMatch(JsonSchema::holds);
      default -> false;
    };
  }

  private static boolean isTooLong(BigDecimal number) {
    long before = (long) number.precision() - number.scale();
    return before > MOST_PLACES || number.scale() > MOST_PLACES;
  }
}

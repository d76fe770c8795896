package dev.backplane.core.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds out which field and operator a word means: a declared field of exactly that name, {@code
 * field:operator}, {@code field_operator}, or else a field that is equal to something.
 */
final class FieldWords {
  /**
   * What a word means.
   *
   * @param field the field
   * @param operator how it is compared
   * @param anywhere whether text is looked for anywhere in the field: json-server's {@code _like}
   */
  record FieldWord(FieldPath field, Operator operator, boolean anywhere) {}

  /** The spellings of json-server and of those who followed it. */
  private static final Map<String, Operator> SUFFIXES =
      Map.of(
          "gte", Operator.GTE,
          "lte", Operator.LTE,
          "gt", Operator.GT,
          "lt", Operator.LT,
          "ne", Operator.NE,
          "like", Operator.ILIKE);

  private static final int MAX_SHOWN_NAMES = 50;
  private static final int MAX_SHOWN_LENGTH = 100;

  private final QueryFields fields;
  private final QueryBounds bounds;

  FieldWords(QueryFields fields, QueryBounds bounds) {
    this.fields = fields;
    this.bounds = bounds;
  }

  FieldWord resolve(String word) {
    if (parse(word).filter(fields::declares).isPresent()) {
      return new FieldWord(field(word), Operator.EQ, false);
    }
    int colon = word.lastIndexOf(':');
    if (colon >= 0) {
      Operator operator = operator(word.substring(colon + 1));
      return new FieldWord(field(word.substring(0, colon)), operator, false);
    }
    int underscore = word.lastIndexOf('_');
    Operator suffix = underscore < 1 ? null : SUFFIXES.get(word.substring(underscore + 1));
    if (suffix != null) {
      FieldPath field = field(word.substring(0, underscore));
      return new FieldWord(field, suffix, suffix == Operator.ILIKE);
    }
    return new FieldWord(field(word), Operator.EQ, false);
  }

  /** The field of that name, which items may have. */
  FieldPath field(String name) {
    FieldPath field =
        parse(name)
            .orElseThrow(() ->
                HttpProblem.badRequest(
                    quoted(name)
                        + " cannot be a field: there should be a name on either side of each dot,"
                        + " as in address.city."));
    bounds.fieldDepth(field.segments().size());
    if (!fields.allows(field)) {
      throw HttpProblem.badRequest(
          quoted(name) + " is not a field of this resource; there are " + declared() + ".");
    }
    return field;
  }

  static Optional<Operator> find(String word) {
    return Arrays.stream(Operator.values())
        .filter(operator -> operator.word().equals(word))
        .findFirst();
  }

  static Operator operator(String word) {
    return find(word)
        .orElseThrow(() ->
            HttpProblem.badRequest(
                quoted(word)
                    + " is not an operator; there are "
                    + Arrays.stream(Operator.values())
                        .map(Operator::word)
                        .collect(Collectors.joining(", "))
                    + "."));
  }

  /** A client's own text in a message: in quotes, and not at any length. */
  static String quoted(String text) {
    return text.length() <= MAX_SHOWN_LENGTH
        ? '"' + text + '"'
        : '"' + text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN_LENGTH / 2)) + "…\"";
  }

  private static Optional<FieldPath> parse(String name) {
    List<String> segments = List.of(name.split("\\.", -1));
    return segments.contains("") ? Optional.empty() : Optional.of(new FieldPath(segments));
  }

  private String declared() {
    String names =
        fields.declared().stream()
            .map(FieldPath::toString)
            .sorted()
            .limit(MAX_SHOWN_NAMES)
            .collect(Collectors.joining(", "));
    return fields.declared().size() > MAX_SHOWN_NAMES ? names + ", …" : names;
  }
}

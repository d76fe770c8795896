package dev.backplane.core.schema;

import dev.harrel.jsonschema.MessageProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** What is wanted, in plain words that follow the name of a place; never what was sent. */
final class Words implements MessageProvider {
  /** Comes before names that are missing, which stand in lines: a name's own lines are escaped. */
  static final String MISSING = "missing:";

  static final String SEVERAL = "should be of one of the kinds that may be here only";
  static final String NONE = "should be of a kind that may be here";

  private static final int MOST_VALUES = 20;
  private static final int MOST_TEXT = 100;

  @Override
  public String getMessage(String key, Object... arguments) {
    return switch (key) {
      case "type" -> "should be " + types((Collection<?>) arguments[1]);
      case "const" -> "should be " + shortened(arguments[1]);
      case "enum" -> "should be " + oneOf((Collection<?>) arguments[1]);
      case "multipleOf" -> "should be a multiple of " + plain(arguments[1]);
      case "maximum" -> "should be at most " + plain(arguments[1]);
      case "exclusiveMaximum" -> "should be less than " + plain(arguments[1]);
      case "minimum" -> "should be at least " + plain(arguments[1]);
      case "exclusiveMinimum" -> "should be greater than " + plain(arguments[1]);
      case "maxLength" -> "should have at most " + count(arguments[1], "character");
      case "minLength" ->
          arguments[1].equals(1)
              ? "should not be empty"
              : "should have at least " + count(arguments[1], "character");
      case "maxItems" -> "should have at most " + count(arguments[1], "element");
      case "minItems" -> "should have at least " + count(arguments[1], "element");
      case "contains" -> "should have an element of a kind that has to be there";
      case "maxContains" -> "should have at most " + count(arguments[1], "element") + " of a kind";
      case "minContains" -> "should have at least " + count(arguments[1], "element") + " of a kind";
      case "maxProperties" -> "should have at most " + count(arguments[1], "field");
      case "minProperties" -> "should have at least " + count(arguments[1], "field");
      case "required", "dependentRequired" -> missing((Collection<?>) arguments[0]);
      case "falseSchema" -> Violation.NOT_A_FIELD;
      case "oneOf" -> arguments[0].equals(0) ? NONE : SEVERAL;
      case "anyOf" -> NONE;
      case "not" -> "should not be what is ruled out here";
      default -> "is not as it should be";
    };
  }

  /** The names behind {@link #MISSING}. */
  static List<String> names(String missing) {
    List<String> names = new ArrayList<>();
    for (String line : missing.substring(MISSING.length()).split("\n", -1)) {
      names.add(line.replace("\\n", "\n").replace("\\b", "\\"));
    }
    return names;
  }

  private static String missing(Collection<?> names) {
    List<String> lines = new ArrayList<>();
    for (Object name : new TreeSet<>(names)) {
      lines.add(name.toString().replace("\\", "\\b").replace("\n", "\\n"));
    }
    return MISSING + String.join("\n", lines);
  }

  static String shortened(Object text) {
    String whole = text.toString();
    return whole.length() <= MOST_TEXT ? whole : whole.substring(0, MOST_TEXT) + "…";
  }

  private static String plain(Object number) {
    return shortened(
        number instanceof java.math.BigDecimal decimal && Math.abs(decimal.scale()) < MOST_TEXT
            ? decimal.toPlainString()
            : number);
  }

  private static String count(Object number, String what) {
    return number + " " + what + (number.equals(1) ? "" : "s");
  }

  private static String oneOf(Collection<?> values) {
    List<String> shown = values.stream().limit(MOST_VALUES).map(Words::shortened).toList();
    String list = String.join(", ", shown) + (values.size() > MOST_VALUES ? ", …" : "");
    return values.size() == 1 ? list : "one of " + list;
  }

  /** Types with their article, as a list. */
  static String types(Collection<?> names) {
    List<String> types = new ArrayList<>();
    for (Object name : names) {
      types.add(
          switch (name.toString()) {
            case "null" -> "null";
            case "boolean" -> "true or false";
            case "array", "integer", "object" -> "an " + name;
            default -> "a " + name;
          });
    }
    return String.join(" or ", types);
  }
}

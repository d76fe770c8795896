package dev.backplane.plugin.dynamodb;

import static dev.backplane.plugin.dynamodb.TableFixture.n;
import static dev.backplane.plugin.dynamodb.TableFixture.s;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Real records that every Java has: Unicode's characters with their names. */
final class UnicodeRecords {
  /** The key is the character's kind and its code point; an index has scripts by name length. */
  static final String TABLE =
      "{'key': 'kind', 'sort-key': 'code', 'sort-key-type': 'number',"
          + " 'indexes': {'by-script': {'key': 'script', 'sort-key': 'length',"
          + " 'sort-key-type': 'number', 'complete': 'true'}}}";

  private UnicodeRecords() {}

  /** So many characters that have a name, in the order of their code points. */
  static List<Map<String, AttributeValue>> some(int skipped, int count) {
    return IntStream.rangeClosed(' ', Character.MAX_CODE_POINT)
        .filter(code -> Character.isDefined(code) && !Character.isISOControl(code))
        .skip(skipped)
        .limit(count)
        .mapToObj(UnicodeRecords::of)
        .toList();
  }

  private static Map<String, AttributeValue> of(int code) {
    String name = Character.getName(code);
    return Map.of(
        "kind", s(kind(code)),
        "code", n(code),
        "name", s(name),
        "length", n(name.length()),
        "script", s(Character.UnicodeScript.of(code).name()),
        "block", s(Character.UnicodeBlock.of(code).toString()),
        "views", n(0));
  }

  private static String kind(int code) {
    if (Character.isLetter(code)) {
      return "letter";
    }
    return switch (Character.getType(code)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          "mark";
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          "number";
      default -> "sign";
    };
  }

  static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    return Map.of("kind", item.get("kind"), "code", item.get("code"));
  }

  static String id(Map<String, AttributeValue> item) {
    return item.get("kind").s() + "~" + item.get("code").n();
  }
}

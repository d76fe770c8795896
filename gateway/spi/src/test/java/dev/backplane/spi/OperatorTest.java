package dev.backplane.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each operator makes of each kind of value. */
class OperatorTest {
  private static final Map<String, JsonObject> BODIES = new LinkedHashMap<>();

  static {
    BODIES.put("missing", JsonObject.empty());
    body("null", JsonNull.NULL);
    body("true", JsonBoolean.TRUE);
    body("false", JsonBoolean.FALSE);
    body("-2", JsonNumber.of(-2));
    body("9", JsonNumber.of(9));
    body("9.50", JsonNumber.parse("9.50").orElseThrow());
    body("10", JsonNumber.of(10));
    body("'9'", new JsonString("9"));
    body("'10'", new JsonString("10"));
    body("''", new JsonString(""));
    body("'true'", new JsonString("true"));
    body("'Abc'", new JsonString("Abc"));
    body("'abc'", new JsonString("abc"));
    body("[9,'abc']", JsonArray.of(JsonNumber.of(9), new JsonString("abc")));
    body("{w:9}", JsonObject.of("w", JsonNumber.of(9)));
  }

  private static void body(String name, JsonValue value) {
    BODIES.put(name, JsonObject.of("v", value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          EQ          | 9      | 9 '9'
          EQ          | 9.5    | 9.50
          EQ          | 1e1    | 10
          EQ          | true   | true 'true'
          EQ          | false  | false
          EQ          | ``     | ''
          EQ          | abc    | 'abc'
          EQ          | null   | ``
          NE          | 9      | ALL BUT 9 '9'
          NE          | abc    | ALL BUT 'abc'
          NE          | true   | ALL BUT true 'true'
          GT          | 9      | 9.50 10 'true' 'Abc' 'abc'
          GTE         | 9      | 9 9.50 10 '9' 'true' 'Abc' 'abc'
          LT          | 9      | -2 '10' ''
          LTE         | 9      | -2 9 '9' '10' ''
          GT          | Abc    | 'true' 'abc'
          GTE         | Abc    | 'true' 'Abc' 'abc'
          LT          | Abc    | '9' '10' ''
          LTE         | Abc    | '9' '10' '' 'Abc'
          GT          | ``     | '9' '10' 'true' 'Abc' 'abc'
          GTE         | ``     | '9' '10' '' 'true' 'Abc' 'abc'
          IN          | 9,abc  | 9 '9' 'abc'
          NIN         | 9,abc  | ALL BUT 9 '9' 'abc'
          LIKE        | *b*    | 'Abc' 'abc'
          LIKE        | abc    | 'abc'
          LIKE        | *      | '9' '10' '' 'true' 'Abc' 'abc'
          LIKE        | a*b    | ``
          LIKE        | ?bc    | ``
          LIKE        | %bc    | ``
          ILIKE       | ABC    | 'Abc' 'abc'
          ILIKE       | *B*    | 'Abc' 'abc'
          CONTAINS    | bc     | 'Abc' 'abc'
          CONTAINS    | abc    | 'abc' [9,'abc']
          CONTAINS    | 9      | '9' [9,'abc']
          STARTS_WITH | a      | 'abc'
          STARTS_WITH | ``     | '9' '10' '' 'true' 'Abc' 'abc'
          ENDS_WITH   | bc     | 'Abc' 'abc'
          IS_NULL     | true   | missing null
          IS_NULL     | false  | ALL BUT missing null
          BETWEEN     | 9,10   | 9 9.50 10
          BETWEEN     | -2,9   | -2 9 '9' '10'
          BETWEEN     | A,b    | 'Abc' 'abc'
          BETWEEN     | b,A    | ``
          """)
  void test_when_compared_matches(Operator operator, String operands, String expected) {
    Filter filter = Filter.where("v", operator, operands.split(",", -1));
    List<String> matching =
        BODIES.keySet().stream().filter(name -> filter.test(BODIES.get(name))).toList();
    if (expected.startsWith("ALL BUT ")) {
      List<String> others = List.of(expected.substring(8).split(" "));
      assertThat(matching)
          .containsExactlyInAnyOrderElementsOf(
              BODIES.keySet().stream().filter(name -> !others.contains(name)).toList());
      return;
    }
    assertThat(String.join(" ", matching)).isEqualTo(inOrder(expected));
  }

  private static String inOrder(String names) {
    List<String> wanted = List.of(names.split(" "));
    return String.join(" ", BODIES.keySet().stream().filter(wanted::contains).toList());
  }

  @Test
  void compare_when_text_lies_beyond_the_basic_plane_goes_by_code_point() {
    JsonObject emoji = JsonObject.of("v", new JsonString("😀"));
    assertThat(Filter.where("v", Operator.GT, "\uFFFD").test(emoji)).isTrue();
    assertThat(Filter.where("v", Operator.LT, "\uFFFD").test(emoji)).isFalse();
    assertThat(Filter.where("v", Operator.GT, "\uD7FF").test(emoji)).isTrue();
    assertThat(Filter.where("v", Operator.LT, "😁").test(emoji)).isTrue();
    assertThat(Filter.where("v", Operator.GTE, "😀").test(emoji)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a*c,     abbbc,  true",
    "a*c,     ac,     true",
    "a*c,     acb,    false",
    "*a*b*,   xaxbx,  true",
    "*a*b*,   xbxax,  false",
    "**,      x,      true",
    "a**b,    ab,     true",
    "*ab,     aab,    true",
    "*aab,    aaab,   true",
    "ab*,     aab,    false",
    "a.c,     abc,    false",
    "*😀*,    a😀b,   true",
  })
  void like_when_stars_stand_for_text_matches_the_whole(
      String pattern, String text, boolean expected) {
    JsonObject body = JsonObject.of("v", new JsonString(text));
    assertThat(Filter.where("v", Operator.LIKE, pattern).test(body)).isEqualTo(expected);
    assertThat(Filter.where("v", Operator.ILIKE, pattern.toUpperCase()).test(body))
        .isEqualTo(expected);
  }

  // exponential with naive backtracking; the bound only ends such a run
  @Test
  @Timeout(60)
  void like_when_the_pattern_is_hostile_ends_soon() {
    JsonObject body = JsonObject.of("v", new JsonString("a".repeat(20_000)));
    assertThat(Filter.where("v", Operator.LIKE, "*a".repeat(500) + "*b").test(body)).isFalse();
    assertThat(Filter.where("v", Operator.LIKE, "*a".repeat(500) + "*").test(body)).isTrue();
  }

  // 10^11 steps where each place in the text is tried anew
  @Test
  @Timeout(60)
  void text_when_it_almost_matches_everywhere_ends_soon() {
    JsonObject body = JsonObject.of("v", new JsonString("a".repeat(1_000_000)));
    String almost = "a".repeat(1_900) + "b";
    for (int i = 0; i < 30; i++) {
      assertThat(Filter.where("v", Operator.CONTAINS, almost).test(body)).isFalse();
      assertThat(Filter.where("v", Operator.LIKE, "*" + almost + "*").test(body)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "39, true", "40, false"})
  void text_when_it_is_long_is_found_wherever_it_is(int at, boolean expected) {
    // ends in what it begins with, so that a search that goes on must not go on too far
    String part = "ab".repeat(20) + "c" + "ab".repeat(20);
    String text = "ab".repeat(at) + (expected ? part : part.replace('c', 'd')) + "ab";
    assertThat(Filter.where("v", Operator.CONTAINS, part).test(value(text))).isEqualTo(expected);
    assertThat(Filter.where("v", Operator.LIKE, "*" + part + "*b").test(value(text)))
        .isEqualTo(expected);
  }

  private static JsonObject value(String text) {
    return JsonObject.of("v", new JsonString(text));
  }

  @ParameterizedTest
  @CsvSource({
    "STRASSE, Große Straße, true",
    "straße,  STRASSE,      true",
    "σ,       ΟΔΟΣ,         true",
    "Σ,       οδος,         true",
    "ΟΔΟΣ,    οδος,         true",
    "İ,       i̇,            true",
    "ÄPF,     äpfel,        true",
    "z,       äpfel,        false",
  })
  void search_when_case_differs_finds(String text, String stored, boolean expected) {
    JsonObject body =
        JsonObject.of("deep", JsonArray.of(JsonObject.of("v", new JsonString(stored))));
    assertThat(new Filter.Search(text).test(body)).isEqualTo(expected);
    assertThat(
            Filter.where("v", Operator.ILIKE, "*" + text + "*")
                .test(JsonObject.of("v", new JsonString(stored))))
        .isEqualTo(expected);
  }

  @Test
  void search_looks_into_strings_and_numbers_only() {
    JsonObject body =
        JsonObject.of("name", new JsonString("x"))
            .with("number", JsonNumber.of(1234))
            .with("flag", JsonBoolean.TRUE)
            .with("none", JsonNull.NULL);
    assertThat(new Filter.Search("23").test(body)).isTrue();
    assertThat(new Filter.Search("name").test(body)).isFalse();
    assertThat(new Filter.Search("true").test(body)).isFalse();
    assertThat(new Filter.Search("null").test(body)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void word_when_used_in_a_query_is_the_name_without_underscores(Operator operator) {
    String name = operator == Operator.IS_NULL ? "isnull" : operator.word();
    assertThat(name).isEqualToIgnoringCase(operator.name().replace("_", ""));
  }
}

package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of json-server's clients, and what becomes of words that mean nothing. */
interface SpellingRules extends HttpRules {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          n_gte=9.5                         | b c
          n_gt=9                            | b c
          n_lte=1                           | a d
          n_lt=1                            | d
          n_gte=1&n_lte=9.5                 | a c e
          n_ne=1                            | b c d e
          n_ne=1&n_ne=10                    | c d e
          o.x_gt=6                          | b
          s_like=WO                         | b
          s_like=wo&s_like=10               | b d
          s_like=                           | a b c d e
          n_like=1                          |
          n_gte:eq=1                        |
          n_near=1                          |
          n_eq=1                            |
          q=                                | a b c d e
          q=&n=1                            | a
          """)
  default void suffixes_areOperators(String query, String expected) {
    assertSelected(query, expected);
  }

  @Test
  default void wordsWithoutUnderscore_pageAndProject() {
    createMany(13);
    assertThat(get(200, THINGS + "?limit=7").items()).hasSize(7);
    Answer page = get(200, THINGS + "?offset=3&limit=4&fields=id");
    assertThat(page.header("Content-Range")).hasValue("things 3-6/13");
    assertThat(page.each("n")).containsOnly("-");
    assertThat(HttpRules.each(walk(THINGS + "?limit=4&fields=n&offset=0"), "n")).hasSize(13);
    assertThat(get(200, THINGS + "/a00?fields=n").text()).isEqualTo("{\"n\":0}");
    assertThat(get(400, THINGS + "?limit=x").text()).contains("limit:eq");
    get(400, THINGS + "?limit=1&_limit=1");
    get(400, THINGS + "?fields=id&_fields=id");
    assertThat(get(200, THINGS + "?limit:eq=1").items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_nonsense=1", "n:near=1", "_Limit=1", "a..b=1", "=1"})
  default void unknownWord_isIgnored_whereTheClientPrefersSo(String query) {
    createMany(3);
    get(400, THINGS + "?" + query);
    Answer list = lenient(200, THINGS + "?n=2&" + query);
    assertThat(list.each("n")).containsExactly("2");
    assertThat(list.words("Preference-Applied")).contains("handling=lenient");
    assertThat(lenient(200, THINGS + "/a02?_fields=n&" + query).text()).isEqualTo("{\"n\":2}");
  }

  @Test
  default void wrongValue_is400_evenWhereWordsAreIgnored() {
    for (String query : List.of("_limit=x", "n:isnull=maybe", "_where=%7B", "_sort=a..b")) {
      lenient(400, THINGS + "?" + query);
    }
  }

  private Answer lenient(int status, String target) {
    return send(status, Request.of("GET", target).header("Prefer", "handling=lenient"));
  }

  private void assertSelected(String query, String expected) {
    for (String item : FilterRules.ITEMS) {
      create(item);
    }
    String[] ids = expected == null ? new String[0] : expected.split(" ");
    assertThat(get(200, THINGS + "?" + query).each("id"))
        .as("%s: %s", client(), query)
        .containsExactlyInAnyOrder(ids);
  }
}

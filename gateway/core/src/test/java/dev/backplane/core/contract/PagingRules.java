package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way of counting through a list, and the links that lead on. */
interface PagingRules extends HttpRules {
  @ParameterizedTest
  @CsvSource({
    "'',                     5",
    "_limit=1,               1",
    "_limit=4,               4",
    "_limit=20,              20",
    "_per_page=3,            3",
    "_page=1,                5",
    "_page=1&_limit=4,       4",
    "_page=1&_per_page=4,    4",
    "_page=1&_limit=13,      13",
    "_start=0&_end=3,        3",
    "_start=0&_limit=4,      4",
    "_start=0,               5",
    "_end=6,                 6",
    "_offset=0,              5",
    "_offset=0&_limit=6,     6"
  })
  default void nextLinks_walkTheWholeListExactlyOnce(String form, int size) {
    createMany(13);
    List<Answer> pages = walk(THINGS + "?" + form);
    List<String> ids = HttpRules.each(pages, "id");
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 13).mapToObj("a%02d"::formatted).toList());
    assertThat(pages.get(0).items()).hasSize(Math.min(size, 13));
    int before = 0;
    for (Answer page : pages) {
      int count = page.items().size();
      String range = count == 0 ? "*" : before + "-" + (before + count - 1);
      assertThat(page.header("Content-Range")).hasValue("things " + range + "/13");
      before += count;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "_limit=2", "_page=1&_limit=2", "_start=0&_end=2", "_offset=0&_limit=2"})
  default void links_keepTheFilterAndEverythingElse(String form) {
    createMany(13);
    create("{\"id\": \"ä b&c=d+e\", \"n\": 1, \"t\": \"x&y=z+ %é\"}");
    String filter = "even=true&n:gte=2&_fields=id,n&";
    List<Answer> pages = walk(THINGS + "?" + filter + form);
    assertThat(HttpRules.each(pages, "n"))
        .containsExactlyInAnyOrder("2", "4", "6", "8", "10", "12");
    assertThat(HttpRules.each(pages, "even")).containsOnly("-");

    for (int i = 0; i < 6; i++) {
      create("{\"t\": \"x&y=z+ %é\"}");
    }
    pages = walk(THINGS + "?t=x%26y%3Dz%2B+%25%C3%A9&t=more&" + form);
    assertThat(HttpRules.each(pages, "id")).hasSize(7).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "_page=3&_limit=3,     _page=1&_limit=3,     _page=2&_limit=3,    _page=4&_limit=3,    "
        + " _page=5&_limit=3",
    "_start=6&_end=9,      _start=0&_end=3,      _start=3&_end=6,     _start=9&_end=12,    "
        + " _start=12&_end=15",
    "_offset=6&_limit=3,   _offset=0&_limit=3,   _offset=3&_limit=3,  _offset=9&_limit=3,  "
        + " _offset=12&_limit=3"
  })
  default void links_leadToFirstPrevNextAndLast_inTheWordsOfTheClient(
      String form, String first, String prev, String next, String last) {
    createMany(13);
    Answer page = get(200, THINGS + "?even:isnull=false&" + form);
    assertThat(page.items()).hasSize(3);
    assertSameList(page.link("first").orElseThrow(), first);
    assertSameList(page.link("prev").orElseThrow(), prev);
    assertSameList(page.link("next").orElseThrow(), next);
    assertSameList(page.link("last").orElseThrow(), last);

    Answer lastPage = get(200, page.link("last").orElseThrow());
    assertThat(lastPage.items()).hasSize(1);
    Answer firstPage = get(200, page.link("first").orElseThrow());
    assertThat(firstPage.items()).hasSize(3);
    assertThat(firstPage.link("prev")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"_start=2&_end=5,    _start=0&_end=2", "_offset=2&_limit=3, _offset=0&_limit=2"})
  default void linkToPrev_endsWhereThePageBegins(String form, String prev) {
    createMany(6);
    assertSameList(
        get(200, THINGS + "?even:isnull=false&" + form).link("prev").orElseThrow(), prev);
  }

  @ParameterizedTest
  @CsvSource({
    "_page=9&_limit=5,      _page=3&_limit=5",
    "_start=50&_end=55,     _start=10&_end=15",
    "_offset=14&_limit=5,   _offset=10&_limit=5",
    "_offset=13&_limit=5,   _offset=8&_limit=5"
  })
  default void linkToPrev_fromBeyondTheEnd_leadsToTheLastPage(String form, String prev) {
    createMany(13);
    Answer beyond = get(200, THINGS + "?even:isnull=false&" + form);
    assertThat(beyond.items()).isEmpty();
    assertSameList(beyond.link("prev").orElseThrow(), prev);
    assertThat(get(200, beyond.link("prev").orElseThrow()).items()).isNotEmpty();
  }

  private static void assertSameList(String link, String expected) {
    Request request = Request.of("GET", link);
    assertThat(request.path()).isEqualTo(THINGS);
    assertThat(new HashSet<>(List.of(request.query().split("&"))))
        .isEqualTo(new HashSet<>(List.of(("even:isnull=false&" + expected).split("&"))));
  }

  @Test
  default void lastPageOfAStoreThatKnowsItsEnd_hasNoNext() {
    createMany(4);
    assertThat(get(200, THINGS).link("next")).isEmpty();
    assertThat(get(200, THINGS + "?_page=1").link("next")).isEmpty();
    assertThat(get(200, THINGS + "?_page=9").link("next")).isEmpty();
    assertThat(get(200, THINGS + "?_page=9").items()).isEmpty();
  }

  @Test
  default void pageSize_isTheDefault_orTheClients_upToTheMaximum() {
    createMany(13);
    assertThat(get(200, THINGS).items()).hasSize(5);
    assertThat(get(200, THINGS + "?_limit=7").items()).hasSize(7);
    assertThat(get(200, THINGS + "?_limit=20").items()).hasSize(13);
    for (String query :
        new String[] {
          "_limit=21",
          "_per_page=21",
          "_page=1&_limit=21",
          "_start=0&_end=21",
          "_end=21",
          "_offset=3&_limit=999999",
          "_start=5&_end=26"
        }) {
      assertThat(get(400, THINGS + "?" + query).text()).as(query).contains("20");
    }
    assertThat(get(200, FEW).items()).hasSize(3);
    get(400, FEW + "?_limit=11");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_limit=0",
        "_limit=-1",
        "_limit=x",
        "_limit=",
        "_limit=1.5",
        "_limit=1e1",
        "_limit=%201",
        "_limit=%2B1",
        "_limit=99999999999",
        "_limit=%D9%A1",
        "_page=0",
        "_page=-1",
        "_page=x",
        "_page=2147483648",
        "_page=2147483647&_limit=20",
        "_start=-1",
        "_start=x",
        "_end=0",
        "_end=x",
        "_start=5&_end=5",
        "_start=5&_end=4",
        "_offset=-1",
        "_offset=x",
        "_offset=2147483648",
        "_limit=1&_limit=2",
        "_page=1&_page=1",
        "_per_page=0"
      })
  default void numberThatIsNone_is400_andNamesTheWord(String query) {
    String detail = get(400, THINGS + "?" + query).member("detail").text().orElseThrow();
    String word = query.substring(0, query.indexOf('='));
    assertThat(detail).containsAnyOf(word, "_end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_page=1&_start=0&_end=5", "_page=1&_offset=0", "_offset=0&_start=0", "_offset=0&_end=5",
        "_page=1&_cursor=x", "_start=0&_cursor=x", "_offset=0&_cursor=x", "_limit=3&_per_page=3",
        "_start=0&_end=5&_limit=3", "_start=0&_end=5&_per_page=3"
      })
  default void twoWaysOfPagingAtOnce_are400(String query) {
    get(400, THINGS + "?" + query);
  }

  @Test
  default void itemsThatComeAndGo_moveNobodyElseOutOfACursorWalk() {
    createMany(12);
    Answer first = get(200, THINGS + "?_limit=5");
    delete(204, THINGS + "/" + first.each("id").get(4));
    delete(204, THINGS + "/" + first.each("id").get(0));
    List<String> rest = HttpRules.each(walk(first.link("next").orElseThrow()), "id");
    assertThat(rest)
        .hasSize(7)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(first.each("id"));
  }
}

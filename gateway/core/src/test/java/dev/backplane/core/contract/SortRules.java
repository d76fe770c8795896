package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of a list: as asked for, ties by id; never ignored. */
interface SortRules extends HttpRules {
  private void createItems() {
    create("{\"id\": \"d\", \"g\": 1, \"s\": \"b\", \"o\": {\"x\": 3}}");
    create("{\"id\": \"b\", \"g\": 10, \"s\": \"a\", \"o\": {\"x\": 1}}");
    create("{\"id\": \"a\", \"g\": 2, \"s\": \"b\", \"o\": {\"x\": 2}}");
    create("{\"id\": \"c\", \"g\": 1, \"s\": \"a\", \"o\": {\"x\": 4}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          _sort=id                     | a b c d
          _sort=-id                    | d c b a
          _sort=g                      | c d a b
          _sort=-g                     | b a c d
          _sort=s,g                    | c b d a
          _sort=s,-g                   | b c a d
          _sort=-s,g                   | d a c b
          _sort=o.x                    | b a d c
          _sort=g&_order=desc          | b a c d
          _sort=g&_order=DESC          | b a c d
          _sort=s,g&_order=asc,desc    | b c a d
          _sort=s,g&_order=desc        | d a c b
          _sort=s&_sort=g              | c b d a
          """)
  default void sort_isByTheFieldsInTheirOrder_tiesById(String query, String expected) {
    createItems();
    assertThat(get(200, THINGS + "?" + query).each("id")).containsExactly(expected.split(" "));
  }

  @Test
  default void order_isTheSameFromPageToPage() {
    createMany(13);
    List<String> all = get(200, THINGS + "?_sort=-even,-n&_limit=20").each("id");
    for (String form : new String[] {"_limit=3", "_page=1&_limit=4", "_start=0&_end=5"}) {
      List<Answer> pages = walk(THINGS + "?_sort=-even,-n&" + form);
      assertThat(HttpRules.each(pages, "id")).as(form).isEqualTo(all);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_sort=a&_order=up",
        "_sort=a&_order=asc,desc",
        "_order=asc",
        "_sort=a,,b",
        "_sort=-",
        "_sort=,"
      })
  default void malformedOrder_is400(String query) {
    get(400, THINGS + "?" + query);
  }
}

package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which items a query selects; values are compared with the type of the stored value. */
interface FilterRules extends HttpRules {
  String[] ITEMS = {
    "{\"id\": \"a\", \"s\": \"one\", \"n\": 1, \"b\": true, \"o\": {\"x\": {\"y\": \"deep\"}},"
        + " \"l\": [1, \"z\"]}",
    "{\"id\": \"b\", \"s\": \"two words\", \"n\": 10, \"b\": false, \"o\": {\"x\": 7}, \"l\": []}",
    "{\"id\": \"c\", \"s\": \"Ünï & +%\", \"n\": 9.50, \"b\": null, \"o\": \"text\"}",
    "{\"id\": \"d\", \"s\": \"10\", \"n\": -2, \"b\": \"true\", \"o\": {}}",
    "{\"id\": \"e\", \"s\": \"\", \"n\": \"9\", \"b\": 1}"
  };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s=one                    | a
          s=One                    |
          s=on                     |
          s=two%20words            | b
          s=two+words              | b
          s=%C3%9Cn%C3%AF%20%26%20%2B%25 | c
          s=                       | e
          s                        | e
          n=1                      | a
          n=1.0                    | a
          n=9.5                    | c
          n=9                      | e
          n=10                     | b
          n=1e1                    | b
          s=10                     | d
          s=10.0                   |
          b=true                   | a d
          b=false                  | b
          b=1                      | e
          b=null                   |
          none=1                   |
          none=                    |
          id=c                     | c
          o.x=7                    | b
          o.x.y=deep               | a
          o.x.y.z=deep             |
          o=text                   | c
          l=1                      |
          s=one&n=1                | a
          s=one&n=2                |
          s=one&s=10               | a d
          n=1&n=10&n=9             | a b e
          s=one&s=10&b=true        | a d
          s=one&s=10&b=false       |
          id=a&id=c&id=zz&id=a     | a c
          """)
  default void equality_comparesWithTheStoredType(String query, String expected) {
    assertSelected(query, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          n:eq=1                   | a
          s:eq=one&s:eq=10         | a d
          n:ne=1                   | b c d e
          n:ne=1&n:ne=10           | c d e
          none:ne=1                | a b c d e
          n:gt=9                   | b c
          n:gt=1                   | b c e
          n:gte=9.5                | b c
          n:lt=1                   | d
          n:lte=1.00               | a d
          n:gte=1&n:lt=10          | a c
          s:gt=one                 | b c
          s:lt=one                 | d e
          n:in=1,10                | a b
          n:nin=1,10,9             | c d
          s:like=*o*               | a b
          s:like=o*e               | a
          s:like=o                 |
          s:ilike=ü*               | c
          s:contains=o             | a b
          l:contains=1             | a
          l:contains=z             | a
          s:startsWith=tw          | b
          s:endsWith=0             | d
          b:isnull=true            | c
          b:isnull=false           | a b d e
          o.x:isnull=true          | c d e
          n:between=1,9.5          | a c e
          o.x:gt=6                 | b
          """)
  default void operators_compareWithTheStoredType(String query, String expected) {
    assertSelected(query.replace("ü", "%C3%BC"), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          q=WORDS                  | b
          q=deep                   | a
          q=9                      | c e
          q=%C3%BCN                | c
          q=o&b=true               | a
          q=nothing                |
          """)
  default void q_searchesEveryText_whateverTheCase(String query, String expected) {
    assertSelected(query, expected);
  }

  private void assertSelected(String query, String expected) {
    for (String item : ITEMS) {
      create(item);
    }
    String[] ids = expected == null ? new String[0] : expected.split(" ");
    Answer list = get(200, THINGS + "?" + query);
    assertThat(list.each("id")).as("%s: %s", client(), query).containsExactlyInAnyOrder(ids);
    assertThat(list.header("X-Total-Count")).hasValue("" + ids.length);
  }

  @Test
  default void unknownOperator_is400_andListsTheOperators() {
    for (String word : new String[] {"n:near=1", "n:=1", "n:GT=1", "a:b:c=1"}) {
      assertThat(get(400, THINGS + "?" + word).text())
          .contains("eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "like", "ilike", "contains")
          .contains("startsWith", "endsWith", "isnull", "between");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"n:isnull=yes", "n:isnull=", "n:between=1", "n:between=1,2,3", "n:between="})
  default void operandThatDoesNotFit_is400(String query) {
    get(400, THINGS + "?" + query);
  }

  @Test
  default void listOfIds_isNotCutToTheDefaultPage() {
    createMany(12);
    String ids = "?id=a00&id=a01&id=a02&id=a03&id=a04&id=a05&id=a06&id=a07";
    assertThat(get(200, THINGS + ids).each("id"))
        .containsExactlyInAnyOrder("a00", "a01", "a02", "a03", "a04", "a05", "a06", "a07");
    assertThat(get(200, THINGS + ids + "&_limit=3").items()).hasSize(3);
    get(400, THINGS + "?id=x" + "&id=x".repeat(20));
  }

  @Test
  default void idIsAFilterLikeAnyOther_alsoWhereTheBodyHasNone() {
    String item = post(201, THINGS, "{\"n\": 1}").member("id").text().orElseThrow();
    assertThat(get(200, THINGS + "?id=" + item).each("id")).containsExactly(item);
    assertThat(get(200, THINGS + "?id:ne=" + item).items()).isEmpty();
    assertThat(get(200, PRODUCTS + "?sku=17").each("name")).containsExactly("Chair");
    assertThat(get(200, PRODUCTS + "?sku:gt=9").each("sku"))
        .containsExactlyInAnyOrder("17", "4711");
  }
}

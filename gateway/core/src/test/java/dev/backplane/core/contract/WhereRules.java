package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of conditions, in a URL and in a body. */
interface WhereRules extends HttpRules {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                              | a b c d e
          {"n":1}                                         | a
          {"n":[1,10]}                                    | a b
          {"n":[]}                                        |
          {"b":null}                                      | c
          {"n":{"gte":1,"lt":10}}                         | a c
          {"n:gte":1,"n_lt":10}                           | a c
          {"n":{"in":[1,"10",9]}}                         | a b e
          {"n":{"nin":[1,10,9]}}                          | c d
          {"n":{"in":[]}}                                 |
          {"n":{"nin":[]}}                                | a b c d e
          {"n":{"between":[1,9.5]}}                       | a c e
          {"b":{"ne":null}}                               | a b d e
          {"b":{"isnull":true}}                           | c
          {"s":{"like":"*o*"}}                            | a b
          {"s":{"contains":"o"}}                          | a b
          {"o.x.y":"deep"}                                | a
          {"or":[{"n":1},{"s":"10"}]}                     | a d
          {"or":[{"n":1,"s":"nope"},{"n":10}]}            | b
          {"or":[]}                                       |
          {"and":[{"n":{"gt":0}},{"n":{"lt":2}}]}         | a
          {"and":[]}                                      | a b c d e
          {"not":{"n":1}}                                 | b c d e
          {"not":{}}                                      |
          {"not":{"or":[{"n":1},{"n":10}]}}               | c d e
          {"not":{"and":[{"n":1},{"b":true}]}}            | b c d e
          {"not":{"not":{"n":1}}}                         | a
          {"not":{"o.x":{"gt":6}}}                        | a c d e
          {"q":"WORDS"}                                   | b
          {"not":{"q":"o"}}                               | c d e
          {"or":[{"q":"words"},{"id":"e"}],"not":{"n":2}} | b e
          {"or:eq":1}                                     |
          """)
  default void tree_selects_inTheUrlAndInABody(String json, String expected) {
    for (String item : FilterRules.ITEMS) {
      create(item);
    }
    String[] ids = expected == null ? new String[0] : expected.split(" ");
    String where = "?_where=" + Request.encode(json);
    List<Answer> answers =
        List.of(get(200, THINGS + where), post(200, QueryRules.QUERY, "{\"where\":" + json + "}"));
    for (Answer answer : answers) {
      assertThat(answer.each("id")).as("%s: %s", client(), json).containsExactlyInAnyOrder(ids);
      assertThat(answer.header("X-Total-Count")).hasValue("" + ids.length);
    }
    assertThat(send(200, Request.of("HEAD", THINGS + where)).header("X-Total-Count"))
        .hasValue("" + ids.length);
    assertThat(get(200, THINGS + where + "&n=1").items()).hasSizeLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "1",
        "\"a\"",
        "{\"and\":{}}",
        "{\"or\":1}",
        "{\"or\":[1]}",
        "{\"not\":[]}",
        "{\"not\":1}",
        "{\"n\":{}}",
        "{\"n\":{\"near\":1}}",
        "{\"n\":{\"x\":{\"gt\":1}}}",
        "{\"n\":{\"gt\":[1]}}",
        "{\"n\":{\"in\":1}}",
        "{\"n\":{\"in\":[null]}}",
        "{\"n\":{\"gt\":null}}",
        "{\"n\":{\"between\":[1]}}",
        "{\"n\":{\"between\":\"1,2\"}}",
        "{\"n\":{\"isnull\":\"maybe\"}}",
        "{\"n\":[[1]]}",
        "{\"n\":[{}]}",
        "{\"n:near\":1}",
        "{\"\":1}",
        "{\"a..b\":1}",
        "{\"q\":{}}",
        "{\"q\":null}",
        "{\"n:gt\":{\"lt\":1}}"
      })
  default void treeThatIsWrong_is400(String json) {
    get(400, THINGS + "?_where=" + Request.encode(json));
    post(400, QueryRules.QUERY, "{\"where\":" + json + "}");
  }

  @Test
  default void treeThatIsNoJson_is400() {
    for (String text : List.of("", "{", "{}}", "{'n':1}", "{\"n\":1,\"n\":2}", "n=1")) {
      assertThat(get(400, THINGS + "?_where=" + Request.encode(text)).text()).contains("_where");
    }
  }
}

package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of ra-data-simple-rest, told from fields by their values. */
interface SimpleRestRules extends HttpRules {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                | a b c d e
          {"s":"one"}                       | a
          {"n":10}                          | b
          {"n":9.50}                        | c
          {"b":true}                        | a d
          {"b":null}                        | c
          {"id":["a","c","zz"]}             | a c
          {"id":[]}                         |
          {"q":"WORDS"}                     | b
          {"q":""}                          | a b c d e
          {"n_gte":9.5,"s":"two words"}     | b
          {"n:lt":1}                        | d
          {"o.x":7}                         | b
          {"o":{"x":7}}                     | b
          {"o":{"x":{"y":"deep"}}}          | a
          {"o":{}}                          | a b c d e
          {"n":{"gt":1,"lt":10}}            | c
          {"or":[{"n":1},{"n":10}]}         | a b
          """)
  default void filterInJson_isUnderstood(String json, String expected) {
    assertSelected("filter=" + Request.encode(json), expected);
  }

  @Test
  default void sortRangeAndFilter_asSimpleRestSendsThem() {
    createMany(13);
    String part = "filter=" + Request.encode("{\"even\":true}");
    String range = "&range=" + Request.encode("[2,3]");
    Answer page =
        send(200, Request.of("GET", THINGS + "?" + part + range).header("Range", "things=2-3"));
    assertThat(page.header("Content-Range")).hasValue("things 2-3/7");
    assertThat(page.items()).hasSize(2);
    assertThat(get(200, page.link("next").orElseThrow()).header("Content-Range"))
        .hasValue("things 4-5/7");
    assertThat(page.link("next").orElseThrow()).contains("range=%5B4,5%5D").contains("filter=");
    assertThat(HttpRules.each(walk(THINGS + "?" + part + "&range=%5B0,2%5D"), "n"))
        .containsExactlyInAnyOrder("0", "2", "4", "6", "8", "10", "12");
    if (sorts()) {
      String sort = "&sort=" + Request.encode("[\"n\",\"DESC\"]");
      assertThat(get(200, THINGS + "?" + part + range + sort).each("n")).containsExactly("8", "6");
    }
  }

  @Test
  default void rangeOfBytes_isOfNoAccount() {
    createMany(3);
    assertThat(send(200, Request.of("GET", THINGS).header("Range", "bytes=0-1")).items())
        .hasSize(3);
  }

  @Test
  default void sortRangeAndFilter_areFields_whereTheirValuesAreNoJson() {
    create("{\"id\": \"a\", \"sort\": \"title\", \"range\": \"0-24\", \"filter\": \"coarse\"}");
    create("{\"id\": \"b\", \"sort\": \"[1]\", \"range\": 7, \"filter\": \"{}\"}");
    for (String query : List.of("sort=title", "range=0-24", "filter=coarse", "filter:eq=coarse")) {
      assertThat(get(200, THINGS + "?" + query).each("id")).as(query).containsExactly("a");
    }
    for (String query : List.of("sort:eq=%5B1%5D", "range=7", "filter:eq=%7B%7D")) {
      assertThat(get(200, THINGS + "?" + query).each("id")).as(query).containsExactly("b");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filter={",
        "filter={title:'bar'}",
        "filter={}x",
        "filter={\"a\":{\"gte\":1,\"b\":2}}",
        "filter={\"a\":[null]}",
        "filter={\"or\":1}",
        "sort=[",
        "sort=[\"a\"]",
        "sort=[\"a\",\"UP\"]",
        "sort=[1,2]",
        "sort=[\"a\",\"ASC\",\"b\"]",
        "range=[",
        "range=[0]",
        "range=[5,4]",
        "range=[-1,4]",
        "range=[0,1.5]",
        "range=[0,1e9]",
        "range=[0,20]",
        "range=[0,99999999999]",
        "range=[0,1e999999999]"
      })
  default void jsonThatIsWrong_is400_andNamesTheWord(String query) {
    int equals = query.indexOf('=');
    String value = Request.encode(query.substring(equals + 1));
    Answer answer = get(400, THINGS + "?" + query.substring(0, equals) + "=" + value);
    assertThat(answer.text()).containsAnyOf(query.substring(0, equals), "20", "operator");
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

  @Test
  default void embed_asSimpleRestSendsIt() {
    create("{\"id\":\"root\"}");
    create("{\"id\":\"one\",\"parent\":\"root\"}");
    String json = "embed=" + Request.encode("[\"children\"]");
    assertThat(get(200, THINGS + "?id=root&" + json).text())
        .isEqualTo(get(200, THINGS + "?id=root&_embed=children").text())
        .contains("\"one\"");
    assertThat(get(200, THINGS + "/root?" + json).text()).contains("\"one\"");
    assertThat(get(200, THINGS + "?embed=children").items()).isEmpty();
    get(400, THINGS + "?embed=" + Request.encode("[1,{}]"));
    get(400, THINGS + "?embed=" + Request.encode("[]"));
  }
}

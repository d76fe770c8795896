package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large a query may be, and what is said beyond. */
interface BoundRules extends HttpRules {
  @ParameterizedTest
  @ValueSource(strings = {"a=", "id=", "a:in=", "_where=", "_nonsense=", "q="})
  default void urlThatIsTooLong_is414_andSaysWhatToDo(String word) {
    String query = word + "x".repeat(10_001 - word.length());
    assertThat(get(414, THINGS + "?" + query).text()).contains("10000", "_query");
  }

  @Test
  default void filterOverABound_is414_inAUrl() {
    String fields =
        String.join("&", IntStream.range(0, 201).mapToObj(i -> "a" + i + "=1").toList());
    assertThat(get(414, THINGS + "?" + fields).text()).contains("200 conditions");
    assertThat(get(414, THINGS + "?a:in=1" + ",1".repeat(1000)).text()).contains("1000 values");
    assertThat(get(414, THINGS + "?a=" + "x".repeat(2001)).text()).contains("2000 characters");
    assertThat(get(414, THINGS + "?_where=" + nested(11)).text()).contains("10 levels");
    get(200, THINGS + "?_where=" + nested(10));
    assertThat(get(414, THINGS + "?a" + ".a".repeat(32) + "=1").text()).contains("32 levels");
    assertThat(get(414, THINGS + "?_sort=a" + ",a".repeat(10)).text()).contains("10 fields");
    assertThat(get(414, THINGS + "?_fields=a" + ",a".repeat(200)).text()).contains("200 fields");
  }

  private static String nested(int depth) {
    return Request.encode("{\"not\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1));
  }

  @Test
  default void filterOfManyConditions_isServed() {
    createMany(3);
    String fields =
        String.join("&", IntStream.range(0, 199).mapToObj(i -> "a" + i + ":ne=1").toList());
    Answer list = get(200, THINGS + "?n=1&" + fields + "&_page=1&_limit=1");
    assertThat(list.each("id")).containsExactly("a01");
  }

  @Test
  default void linksThatNoHeaderCanHold_areLeftOut_theNextOneLast() {
    createMany(7);
    String some = "?even:isnull=false&none:ne=" + "%C3%BC".repeat(400);
    String many = some + "&more:ne=" + "%22".repeat(1000);
    for (String form : List.of("&_limit=2", "&_page=2&_limit=2", "&_start=2&_end=4")) {
      Answer list = get(200, THINGS + some + form);
      assertThat(list.link("next")).isPresent();
      assertThat(list.link("last")).isEmpty();
      assertThat(HttpRules.each(walk(THINGS + some + form), "id")).hasSizeGreaterThan(4);
      list = get(200, THINGS + many + form);
      assertThat(list.items()).hasSize(2);
      assertThat(list.header("Link")).isEmpty();
    }
  }

  @Test
  default void filterOverABound_is400_inABody() {
    String many =
        String.join(",", IntStream.range(0, 201).mapToObj(i -> "\"a" + i + "\":1").toList());
    assertThat(post(400, QueryRules.QUERY, "{\"where\":{" + many + "}}").text())
        .contains("200 conditions");
    String groups = "{\"where\":{\"or\":[{}" + ",{}".repeat(200) + "]}}";
    assertThat(post(400, QueryRules.QUERY, groups).text()).contains("200 objects");
    String values = "{\"where\":{\"a\":[1" + ",1".repeat(1000) + "]}}";
    assertThat(post(400, QueryRules.QUERY, values).text()).contains("1000 values");
    String depth = "{\"where\":" + "{\"not\":".repeat(10) + "{}" + "}".repeat(11);
    assertThat(post(400, QueryRules.QUERY, depth).text()).contains("10 levels");
    String text = "{\"q\":\"" + "x".repeat(2001) + "\"}";
    assertThat(post(400, QueryRules.QUERY, text).text()).contains("2000 characters");
  }

  @Test
  default void filterLongerThanAUrl_isServed() {
    createMany(3);
    String ids = "\"" + "x".repeat(100) + "\",";
    Answer list =
        post(
            200,
            QueryRules.QUERY,
            "{\"limit\":1,\"where\":{\"id\":[" + ids.repeat(300) + "\"a00\",\"a01\"]}}");
    assertThat(list.items()).hasSize(1);
    assertThat(list.header("X-Total-Count")).hasValue("2");
    assertThat(list.link("next")).isPresent();
  }
}

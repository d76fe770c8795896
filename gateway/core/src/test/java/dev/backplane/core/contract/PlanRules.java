package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every list says who did what; lists of ids are read by them; orders the backend lacks are made.
 */
interface PlanRules extends HttpRules {
  /** A Structured Field (RFC 9651). */
  String PLAN =
      "filter=(store|gateway|store\\+gateway|none); sort=(store|gateway|none);"
          + " count=(exact|estimated|none); scanned=[0-9]+"
          + "(; [a-z][a-z0-9-]*=([A-Za-z*][^ ;,\"]*|-?[0-9]+|\"([^\"\\\\]|\\\\.)*\"))*";

  /** The value of a word of the plan. */
  static String planned(Answer list, String word) {
    for (String part : list.need("Backplane-Plan").split("; ", -1)) {
      if (part.startsWith(word + "=")) {
        return part.substring(word.length() + 1);
      }
    }
    throw new AssertionError("no " + word + " in the plan of " + list);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n=1",
        "n:gt=1&q=a",
        "_sort=n",
        "_sort=-n&even=true&_limit=2",
        "_page=2&_limit=3",
        "id=a01&id=a02",
        "id=nobody",
        "_start=50&_end=55"
      })
  default void everyList_saysWhoDidWhat(String query) {
    createMany(12);
    Answer list = get(200, THINGS + "?" + query);
    assertThat(list.need("Backplane-Plan")).matches(PLAN);
    boolean filtered = query.contains("=") && !query.startsWith("_") || query.contains("even");
    assertThat(planned(list, "filter").equals("none")).as(list.toString()).isEqualTo(!filtered);
    String sorter = sorts() ? "store" : "gateway";
    assertThat(planned(list, "sort")).isEqualTo(query.contains("_sort") ? sorter : "none");
    assertThat(Integer.parseInt(planned(list, "scanned")))
        .isGreaterThanOrEqualTo(list.items().size());
    assertThat(send(200, Request.of("HEAD", THINGS + "?" + query)).need("Backplane-Plan"))
        .isEqualTo(list.need("Backplane-Plan"));
  }

  @Test
  default void headersOfAPlan_areExposedToBrowsers() {
    assertThat(get(200, THINGS).words("Access-Control-Expose-Headers"))
        .contains("Backplane-Plan", "Preference-Applied", "ETag", "Location", "X-Request-Id");
  }

  @Test
  default void listOfIds_readsTheseItemsAndNoOthers() {
    // far behind what a scan within the limit reaches
    Answer list = get(200, FEW + "?id=30&id=29&id=28&id=nobody");
    assertThat(list.each("id")).containsExactly("30", "29", "28");
    assertThat(list.header("X-Total-Count")).hasValue("3");
    assertThat(planned(list, "count")).isEqualTo("exact");
    assertThat(planned(list, "filter")).isEqualTo("store");
    assertThat(planned(list, "scanned")).isEqualTo("3");
    assertThat(get(200, FEW + "?id:in=01,30").each("n")).containsExactly("1", "30");
    assertThat(get(200, FEW + "?id=17").each("n")).containsExactly("17");
    assertThat(get(200, FEW + "?id=").items()).isEmpty();
  }

  @Test
  default void listOfIds_isFilteredSortedAndPagedLikeAnyOther() {
    String ids = FEW + "?id=30&id=08&id=29&id=28&id=07&id=30";
    assertThat(get(200, ids + "&n:gt=20").each("n")).containsExactly("30", "29", "28");
    assertThat(planned(get(200, ids + "&n:gt=20"), "filter")).isEqualTo("store+gateway");
    assertThat(get(200, ids + "&id:ne=29&_sort=n&_limit=5").each("n"))
        .containsExactly("7", "8", "28", "30");
    assertThat(planned(get(200, ids + "&_sort=n"), "sort")).isEqualTo("gateway");
    for (String form : List.of("_limit=2", "_page=1&_limit=2", "_start=0&_end=2", "_offset=0")) {
      assertThat(HttpRules.each(walk(ids + "&_sort=-n&" + form), "n"))
          .as(form)
          .containsExactly("30", "29", "28", "8", "7");
      assertThat(HttpRules.each(walk(ids + "&" + form), "n"))
          .as(form)
          .containsExactly("30", "8", "29", "28", "7");
    }
    assertThat(get(200, ids + "&_page=2&_limit=2").header("Content-Range")).hasValue("few 2-3/5");
  }

  @Test
  default void numberAsAnId_isFoundInEverySpelling() {
    assertThat(get(200, PRODUCTS + "?sku=17&sku=1").each("name")).containsExactly("Chair", "Lamp");
    assertThat(get(200, PRODUCTS + "?sku=17.0").each("sku")).containsExactly("17");
    assertThat(get(200, PRODUCTS + "?sku=017&sku=4.711e3").each("sku"))
        .containsExactly("17", "4711");
    assertThat(get(200, PRODUCTS + "?sku=x&sku=18").items()).isEmpty();
    create("{\"id\": \"007\"}");
    assertThat(get(200, THINGS + "?id=007").each("id")).containsExactly("007");
    assertThat(get(200, THINGS + "?id=7").items()).isEmpty();
  }

  @Test
  default void orderBeyondTheScanLimit_is400AndSaysWhatToChange_neverAPart() {
    for (String query : List.of("_sort=-n", "_sort=n&_page=2", "_sort=n&id:ne=01")) {
      if (sorts()) {
        assertThat(get(200, FEW + "?" + query).items()).hasSize(3);
        continue;
      }
      assertThat(get(400, FEW + "?" + query).member("detail").text().orElseThrow())
          .contains("scan-limit", "20", "filter", "order", "index");
    }
  }

  @Test
  default void itemsThatComeAndGo_moveNobodyElseOutOfASortedCursorWalk() {
    createMany(12);
    Answer first = get(200, THINGS + "?_sort=-even,n&_limit=5");
    assertThat(first.each("n")).containsExactly("0", "2", "4", "6", "8");
    delete(204, THINGS + "/a00");
    delete(204, THINGS + "/a08"); // the place itself
    create("{\"id\": \"b\", \"n\": 5, \"even\": true}");
    create("{\"id\": \"c\", \"n\": 9, \"even\": true}");
    List<Answer> rest = walk(first.link("next").orElseThrow());
    assertThat(HttpRules.each(rest, "n")).containsExactly("9", "10", "1", "3", "5", "7", "9", "11");
    assertThat(rest.get(0).header("X-Total-Count")).hasValue("12");
  }

  @Test
  default void placeThatIsTooLongForACursor_isLedOnByItsNumber() {
    for (int n = 0; n < 5; n++) {
      create("{\"id\": \"%d\", \"s\": \"%s%d\"}".formatted(n, "x".repeat(9000), 9 - n));
    }
    Answer first = get(200, THINGS + "?_sort=s&_limit=2");
    assertThat(first.link("next").orElseThrow()).hasSizeLessThan(200);
    assertThat(HttpRules.each(walk(THINGS + "?_sort=s&_limit=2&_fields=id"), "id"))
        .containsExactly("4", "3", "2", "1", "0");
  }
}

package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many items there are in all: exact, estimated or not said, and always which of them. */
interface CountRules extends HttpRules {
  private Answer counted(String target, String preference) {
    return send(200, Request.of("GET", target).header("Prefer", preference));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "_page=2", "_start=9&_end=14", "even=true", "_sort=-n", "id=a01&id=a02"})
  default void count_asExactIsExact_andSaysSo(String query) {
    createMany(12);
    int expected = query.startsWith("even") ? 6 : query.startsWith("id") ? 2 : 12;
    Answer list = counted(THINGS + "?" + query, "count=exact");
    assertThat(list.header("X-Total-Count")).hasValue("" + expected);
    assertThat(list.need("Content-Range")).endsWith("/" + expected);
    assertThat(list.header("Preference-Applied")).hasValue("count=exact");
    assertThat(PlanRules.planned(list, "count")).isEqualTo("exact");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_page=2", "_limit=20", "_sort=-n", "id=a01&id=a02"})
  default void count_whenNoneIsWanted_isNotSaid(String query) {
    createMany(12);
    Answer list = counted(THINGS + "?" + query, "count=none");
    assertThat(list.header("X-Total-Count")).isEmpty();
    assertThat(list.need("Content-Range")).endsWith("/*");
    assertThat(list.header("Preference-Applied")).hasValue("count=none");
    assertThat(PlanRules.planned(list, "count")).isEqualTo("none");
    assertThat(list.link("last")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_page=2", "n:gte=0", "_sort=n", "_start=20&_end=25"})
  default void count_whenAnEstimateWillDo_saysWhichItIs(String query) {
    createMany(12);
    Answer list = counted(THINGS + "?" + query, "count=estimated");
    String how = PlanRules.planned(list, "count");
    assertThat(list.header("Preference-Applied")).hasValue("count=" + how);
    long count = Long.parseLong(list.need("X-Total-Count"));
    assertThat(list.need("Content-Range")).endsWith("/" + count);
    if (how.equals("exact")) {
      assertThat(count).isEqualTo(12);
    } else {
      assertThat(how).isEqualTo("estimated");
      assertThat(count).isGreaterThanOrEqualTo(list.items().size());
    }
  }

  @Test
  default void count_ofTheMapping_needsNoWord_unlessItIsNoneThatWasAsked() {
    createMany(3);
    assertThat(get(200, THINGS).header("Preference-Applied")).isEmpty();
    for (String other : List.of("count=many", "count", "count=", "counts=none", "respond-async")) {
      Answer list = counted(THINGS, other);
      assertThat(list.header("Preference-Applied")).as(other).isEmpty();
      assertThat(list.header("X-Total-Count")).as(other).hasValue("3");
    }
    Answer several = counted(THINGS, "respond-async, count=none; foo=bar, count=exact");
    assertThat(several.header("Preference-Applied")).hasValue("count=none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "n:gt=0", "_limit=10", "_page=2", "_start=4&_end=9"})
  default void countBeyondTheScanLimit_isExactOrSaidToBeAnEstimate(String query) {
    for (Answer list :
        List.of(get(200, FEW + "?" + query), counted(FEW + "?" + query, "count=exact"))) {
      assertCount(list, 30, 20);
    }
  }

  @Test
  default void count_ofEveryPageOfACursor_isExactOrSaidToBeAnEstimate() {
    for (Answer page : walk(FEW + "?n:lte=25&_limit=7")) {
      assertCount(page, 25, page.items().size());
    }
    createMany(13);
    for (Answer page : walk(THINGS)) {
      assertThat(page.header("X-Total-Count")).hasValue("13");
      assertThat(page.header("Preference-Applied")).isEmpty();
    }
  }

  private static void assertCount(Answer list, int exact, int least) {
    int count = Integer.parseInt(list.need("X-Total-Count"));
    if (PlanRules.planned(list, "count").equals("exact")) {
      assertThat(count).as(list.toString()).isEqualTo(exact);
      return;
    }
    assertThat(PlanRules.planned(list, "count")).isEqualTo("estimated");
    assertThat(list.header("Preference-Applied")).hasValue("count=estimated");
    assertThat(count).as(list.toString()).isGreaterThanOrEqualTo(least);
    // nobody knows where the last page is
    assertThat(list.link("last")).isEmpty();
  }

  @Test
  default void count_ofACursorThatItemsHaveLeft_isOfThoseThatAreThere() {
    createMany(12);
    Answer first = get(200, THINGS + "?_limit=9");
    for (String id : first.each("id")) {
      delete(204, THINGS + "/" + id);
    }
    Answer last = get(200, first.link("next").orElseThrow());
    assertThat(last.items()).hasSize(3);
    assertThat(last.header("X-Total-Count")).hasValue("3");
    assertThat(last.header("Content-Range")).hasValue("things 0-2/3");
  }

  @Test
  default void resourceThatIsNotCounted_isCountedForThoseWhoAsk() {
    Answer list = get(200, UNCOUNTED);
    assertThat(list.items()).hasSize(3);
    assertThat(list.header("X-Total-Count")).isEmpty();
    assertThat(list.header("Preference-Applied")).isEmpty();
    assertThat(list.header("Content-Range")).hasValue("uncounted 0-2/*");
    assertThat(counted(UNCOUNTED, "count=exact").header("X-Total-Count")).hasValue("3");
  }
}

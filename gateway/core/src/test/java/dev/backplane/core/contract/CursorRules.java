package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursors: opaque, signed, and good only for the list that they come from. */
interface CursorRules extends HttpRules {
  @Test
  default void cursor_leadsOn_withAnotherPageSizeAndProjectionToo() {
    createMany(13);
    Answer first = get(200, THINGS + "?_limit=4");
    Answer rest = get(200, THINGS + "?_limit=20&_fields=id&_cursor=" + cursor(first));
    assertThat(rest.items()).hasSize(9);
    assertThat(rest.header("Content-Range")).hasValue("things 4-12/13");
    assertThat(rest.each("id")).doesNotContainAnyElementsOf(first.each("id"));
  }

  @Test
  default void cursor_canBeUsedAgain() {
    createMany(13);
    String next = get(200, THINGS).link("next").orElseThrow();
    assertThat(get(200, next).json()).isEqualTo(get(200, next).json());
  }

  @Test
  default void cursor_needsNoEncoding() {
    createMany(13);
    assertThat(cursor(get(200, THINGS))).matches("[A-Za-z0-9._~-]+");
  }

  @Test
  default void cursorOfAnotherList_is400() {
    createMany(13);
    String plain = cursor(get(200, THINGS));
    String filtered = cursor(get(200, THINGS + "?n:gt=1&_limit=2"));
    get(400, FEW + "?_cursor=" + plain);
    get(400, THINGS + "?n:gt=1&_cursor=" + plain);
    get(400, THINGS + "?_cursor=" + filtered);
    get(400, THINGS + "?n:gt=2&_cursor=" + filtered);
    get(400, THINGS + "?n:gte=1&_cursor=" + filtered);
    get(400, THINGS + "?m:gt=1&_cursor=" + filtered);
    get(400, THINGS + "?n:gt=1&q=a&_cursor=" + filtered);
    get(200, THINGS + "?n:gt=1&_cursor=" + filtered);
  }

  @Test
  default void cursorOfAnotherOrder_is400() {
    createMany(13);
    get(400, THINGS + "?_sort=n&_cursor=" + cursor(get(200, THINGS)));
    String sorted = cursor(get(200, THINGS + "?_sort=n"));
    get(400, THINGS + "?_cursor=" + sorted);
    get(400, THINGS + "?_sort=-n&_cursor=" + sorted);
    get(400, THINGS + "?_sort=n,id&_cursor=" + sorted);
    get(200, THINGS + "?_sort=n&_cursor=" + sorted);
  }

  @Test
  default void changedCursor_is400_whereverItWasChanged() {
    createMany(13);
    String cursor = cursor(get(200, THINGS));
    for (int at = 0; at < cursor.length(); at++) {
      // the last character of Base64 may carry bits that mean nothing; far from A is another byte
      char other = cursor.charAt(at) == 'A' ? 'h' : 'A';
      String changed = cursor.substring(0, at) + other + cursor.substring(at + 1);
      if (at < cursor.length() - 1) {
        get(400, THINGS + "?_cursor=" + changed);
      }
    }
    get(400, THINGS + "?_cursor=" + cursor.substring(0, cursor.length() - 2));
    get(400, THINGS + "?_cursor=" + cursor + "AA");
    get(400, THINGS + "?_cursor=" + cursor + cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "null", "%00", "AAAA", "a00", "%F0%9F%98%80", "../..", "e30"})
  default void madeUpCursor_is400(String cursor) {
    createMany(2);
    assertThat(get(400, THINGS + "?_cursor=" + cursor).text()).contains("_cursor");
    get(400, THINGS + "?_cursor=" + "A".repeat(60));
  }

  @Test
  default void cursor_readsBeyondTheScanLimit_pageByPage() {
    List<Answer> pages = walk(FEW);
    assertThat(HttpRules.each(pages, "n")).hasSize(30).doesNotHaveDuplicates();
    assertThat(walk(FEW + "?_limit=10")).hasSizeBetween(3, 4);
  }

  private static String cursor(Answer page) {
    for (String word : Request.of("GET", page.link("next").orElseThrow()).query().split("&")) {
      if (word.startsWith("_cursor=")) {
        return word.substring("_cursor=".length());
      }
    }
    throw new AssertionError("no cursor in " + page);
  }
}

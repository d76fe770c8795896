package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random filters and orders over random items give what {@link RandomItems} works out by itself,
 * and the same in pages of every form and size. A failure names its seed; {@code -Dcontract.seed=…}
 * repeats it.
 */
interface PropertyRules extends HttpRules {
  int ITEMS = 18;
  int QUERIES = 25;

  @Test
  default void randomLists_areWhatTheItemsSay_inPagesOfEveryFormAndSize() {
    long seed = Long.getLong("contract.seed", new Random().nextLong());
    try {
      Random random = new Random(seed);
      RandomItems items = new RandomItems(random, ITEMS);
      items.bodies().forEach(this::create);
      for (int i = 0; i < QUERIES; i++) {
        check(items.query(), random);
      }
    } catch (AssertionError failure) {
      throw new AssertionError("with -Dcontract.seed=" + seed + ": " + failure, failure);
    }
  }

  private void check(RandomItems.Query query, Random random) {
    Answer whole = get(200, THINGS + "?" + query.text() + "_limit=20");
    List<String> ids = whole.each("id");
    if (query.ordered()) {
      assertThat(ids).as("%s: %s", client(), query).isEqualTo(query.expected());
    } else {
      assertThat(ids)
          .as("%s: %s", client(), query)
          .containsExactlyInAnyOrderElementsOf(query.expected());
    }
    for (int i = 0; i < 2; i++) {
      int size = 3 + random.nextInt(8);
      String form =
          switch (random.nextInt(5)) {
            case 0 -> "_page=1&_limit=" + size;
            case 1 -> "_start=0&_end=" + size;
            case 2 -> "_offset=0&_limit=" + size;
            default -> "_limit=" + size;
          };
      List<Answer> pages = walk(THINGS + "?" + query.text() + form);
      assertThat(HttpRules.each(pages, "id"))
          .as("%s: %s in pages of %s", client(), query, form)
          .isEqualTo(ids);
      for (Answer page : pages) {
        assertThat(page.header("X-Total-Count"))
            .as("%s: %s in pages of %s: %s", client(), query, form, page)
            .hasValue("" + ids.size());
      }
    }
  }
}

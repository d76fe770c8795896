package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Page.Work;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Filter SOME = Filter.where("a", Operator.EQ, "b");
  private static final Item ITEM = new Item("1", "v", JsonObject.empty());

  private static Page page(Filtering filtering, int examined, Map<String, String> details) {
    return Page.last(List.of(ITEM)).with(new Work(filtering, OptionalLong.of(examined), details));
  }

  @Test
  void header_addsUpWhatWasExamined_orElseReturned() {
    Plan plan = new Plan(Filter.all(), false);
    plan.read(page(Filtering.ALL, 40, Map.of()), 0);
    plan.read(Page.last(List.of(ITEM, ITEM)), 0);
    plan.sortedBy(Plan.Sorting.GATEWAY);
    assertThat(plan.header(Total.exact(3)))
        .isEqualTo("filter=none; sort=gateway; count=exact; scanned=42");
  }

  @Test
  void header_saysWhoFiltered() {
    assertThat(filter(Filtering.ALL, 0)).isEqualTo("store");
    assertThat(filter(Filtering.PART, 0)).isEqualTo("store+gateway");
    assertThat(filter(Filtering.NONE, 0)).isEqualTo("gateway");
    // whatever the store says of itself
    assertThat(filter(Filtering.ALL, 1)).isEqualTo("store+gateway");
    assertThat(filter(Filtering.NONE, 1)).isEqualTo("gateway");
  }

  @Test
  void header_whenPagesWereFilteredDifferently_saysBoth() {
    Plan plan = new Plan(SOME, false);
    plan.read(page(Filtering.ALL, 1, Map.of()), 0);
    plan.read(page(Filtering.NONE, 1, Map.of()), 0);
    assertThat(plan.header(Total.NONE)).startsWith("filter=store+gateway; ");
  }

  private static String filter(Filtering filtering, int dropped) {
    Plan plan = new Plan(SOME, false);
    plan.read(page(filtering, 1, Map.of()), dropped);
    String header = plan.header(Total.estimated(1));
    return header.substring("filter=".length(), header.indexOf(';'));
  }

  @Test
  void header_givesDetailsInTheirOrder_quotedWhereTheyNeedIt() {
    Plan plan = new Plan(SOME, false);
    plan.read(
        page(
            Filtering.ALL,
            1,
            Map.of("index", "by-email", "cost", "12", "note", "a \"b\"; \\c", "real", "1.5")),
        0);
    assertThat(plan.header(Total.exact(1)))
        .isEqualTo(
            "filter=store; sort=none; count=exact; scanned=1; cost=12; index=by-email;"
                + " note=\"a \\\"b\\\"; \\\\c\"; real=\"1.5\"");
  }
}

package dev.backplane.testkit;

import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Page.Work;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What {@link ReferenceStore} says of how it made a page. */
final class ReferenceWork {
  private ReferenceWork() {}

  static Page of(Defect defect, Page page) {
    Filtering filtering = defect == Defect.FILTER_ENDS_AT_A_PAGE ? Filtering.PART : Filtering.ALL;
    OptionalLong examined =
        switch (defect) {
          case WORK_EXAMINED_NOTHING -> OptionalLong.of(0);
          case WORK_EXAMINED_NEGATIVE -> OptionalLong.of(-1);
          default -> OptionalLong.of(page.items().size());
        };
    return page.with(new Work(filtering, examined, details(defect)));
  }

  private static Map<String, String> details(Defect defect) {
    return switch (defect) {
      case WORK_DETAIL_IS_TAKEN -> Map.of("scanned", "7");
      case WORK_DETAIL_IS_LOUD -> Map.of("Index", "by-name");
      case WORK_DETAIL_IS_LONG -> Map.of("index", "x".repeat(101));
      case WORK_DETAIL_BREAKS_LINES -> Map.of("index", "a\r\nX-Other: b");
      case WORK_DETAILS_ARE_MANY -> {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 9; i++) {
          many.put("d" + i, "x");
        }
        yield many;
      }
      default -> Map.of("index", "by-id, then \"name\"");
    };
  }
}

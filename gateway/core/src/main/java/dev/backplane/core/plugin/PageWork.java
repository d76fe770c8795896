package dev.backplane.core.plugin;

import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Work;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a store says of how it made a page, without what is not fit for clients. Nothing depends on
 * it, so what is wrong is left out and no reason to fail.
 */
final class PageWork {
  private static final int MOST_DETAILS = 8;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /** Printable ASCII. */
  private static final Pattern VALUE = Pattern.compile("[ -~]{1,100}");

  /** What the gateway says itself. */
  private static final Set<String> TAKEN = Set.of("filter", "sort", "count", "scanned");

  private PageWork() {}

  static Page checked(Page page) {
    Work work = page.work();
    if (work.details().isEmpty() && work.examined().orElse(0) >= 0) {
      return page;
    }
    Map<String, String> details = new TreeMap<>();
    new TreeMap<>(work.details())
        .forEach((name, value) -> {
          if (details.size() < MOST_DETAILS && isFit(name, value)) {
            details.put(name, value);
          }
        });
    OptionalLong examined = work.examined().orElse(0) < 0 ? OptionalLong.empty() : work.examined();
    return page.with(new Work(work.filtering(), examined, details));
  }

  private static boolean isFit(String name, String value) {
    return NAME.matcher(name).matches() && VALUE.matcher(value).matches() && !TAKEN.contains(name);
  }
}

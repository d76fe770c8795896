package dev.backplane.core.http;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Filtering;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Who did what to serve a list, which every list discloses: {@code filter=store; sort=gateway;
 * count=exact; scanned=812}. The header is a Structured Field (RFC 9651): one member with
 * parameters. For one request on one thread.
 */
final class Plan {
  static final String HEADER = "Backplane-Plan";

  /** Who put the items in order. */
  enum Sorting {
    NONE,
    STORE,
    GATEWAY
  }

  private static final int MOST_DETAILS = 8;
  private static final Pattern BARE =
      Pattern.compile("[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*|-?[0-9]{1,15}");

  private final boolean filtered;
  private final boolean discreet;
  private boolean filteredByStore;
  private boolean filteredByGateway;
  private Sorting sorting = Sorting.NONE;
  private long scanned;
  private final Map<String, String> details = new TreeMap<>();

  /**
   * The plan of a list that was not read yet.
   *
   * @param filter what the client asks for
   * @param discreet whether it is not told how much was read: there may be items in it that are not
   *     there for the client
   */
  Plan(Filter filter, boolean discreet) {
    this.filtered = !filter.conjuncts().isEmpty();
    this.discreet = discreet;
  }

  /**
   * Notes what a store says of a page.
   *
   * @param page the page
   * @param dropped how many of its items did not match, whatever the store says
   */
  void read(Page page, int dropped) {
    Page.Work work = page.work();
    note(work.filtering() == Filtering.ALL && dropped > 0 ? Filtering.PART : work.filtering());
    scanned += work.examined().orElse(page.items().size());
    work.details()
        .forEach((name, value) -> {
          if (details.size() < MOST_DETAILS || details.containsKey(name)) {
            details.put(name, value);
          }
        });
  }

  /**
   * Notes that items were read by their ids.
   *
   * @param items how many there were
   * @param filtering how much of the filter the ids were
   */
  void readByIds(int items, Filtering filtering) {
    note(filtering);
    scanned += items;
  }

  private void note(Filtering filtering) {
    filteredByStore |= filtering != Filtering.NONE;
    filteredByGateway |= filtering != Filtering.ALL;
  }

  void sortedBy(Sorting who) {
    sorting = who;
  }

  /** The header's value. */
  String header(Total total) {
    StringBuilder header = new StringBuilder("filter=").append(filter());
    header.append("; sort=").append(sorting.name().toLowerCase(Locale.ROOT));
    header.append("; count=").append(total.word());
    if (discreet) {
      return header.toString();
    }
    header.append("; scanned=").append(scanned);
    details.forEach(
        (name, value) -> header.append("; ").append(name).append('=').append(value(value)));
    return header.toString();
  }

  private String filter() {
    if (!filtered) {
      return "none";
    }
    if (filteredByStore) {
      return filteredByGateway ? "store+gateway" : "store";
    }
    return "gateway";
  }

  private static String value(String text) {
    return BARE.matcher(text).matches()
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

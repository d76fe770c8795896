package dev.backplane.core.http;

import dev.backplane.core.http.ListRequest.Form;
import dev.backplane.core.http.ListRequest.Paging;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The {@code Link} header of a list (RFC 8288), in the words that the client used itself. */
final class PageLinks {
  /** What a server, or what stands before it, lets through in a header along with the others. */
  private static final int MAX_LENGTH = 4000;

  private final Exchange exchange;
  private final Paging paging;
  private final String kept;

  PageLinks(Exchange exchange, Paging paging) {
    this.exchange = exchange;
    this.paging = paging;
    this.kept = kept(exchange.query(), paging.words());
  }

  /**
   * The header's value.
   *
   * @param first the index of the page's first item
   * @param more whether there is a next page
   * @param cursor the signed cursor of the next page; empty where its number has to do
   * @param total how many items there are, if that is known exactly
   * @return the links; empty when there are none
   */
  Optional<String> header(int first, boolean more, Optional<String> cursor, OptionalLong total) {
    List<String> links = new ArrayList<>();
    int limit = paging.limit();
    if (first > 0) {
      links.add(link("first", paging.form() == Form.CURSOR ? place() : place(0)));
    }
    if (first > 0 && paging.form() != Form.CURSOR) {
      // shorter at the beginning, so as not to show again what this page shows
      String before = place(Math.max(0, first - limit), Math.min(limit, first));
      links.add(link("prev", first > total.orElse(first) ? place(last(total)) : before));
    }
    if (more) {
      boolean byCursor = paging.form() == Form.CURSOR && cursor.isPresent();
      String next = byCursor ? place() + "&_cursor=" + cursor.get() : place((long) first + limit);
      links.add(link("next", next));
    }
    if (paging.form() != Form.CURSOR && total.orElse(0) > limit) {
      links.add(link("last", place(last(total))));
    }
    return fitting(links);
  }

  /** As many links as fit, the one to the next page before the others. */
  private static Optional<String> fitting(List<String> links) {
    List<String> fitting = new ArrayList<>(links);
    while (String.join(", ", fitting).length() > MAX_LENGTH) {
      boolean next = fitting.get(fitting.size() - 1).endsWith("rel=\"next\"");
      fitting.remove(next && fitting.size() > 1 ? fitting.size() - 2 : fitting.size() - 1);
    }
    return fitting.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", fitting));
  }

  /** Where the last page begins. */
  private long last(OptionalLong total) {
    return Math.max(0, (total.orElse(0) - 1) / paging.limit() * paging.limit());
  }

  private String place() {
    return "_limit=" + paging.limit();
  }

  private String place(long offset) {
    return place(offset, paging.limit());
  }

  private String place(long offset, int limit) {
    return switch (paging.form()) {
      case PAGE -> "_page=" + (offset / paging.limit() + 1) + "&_limit=" + paging.limit();
      case START -> "_start=" + offset + "&_end=" + (offset + limit);
      case RANGE ->
          SimpleRest.RANGE + "=" + UriText.encode("[" + offset + "," + (offset + limit - 1) + "]");
      case OFFSET, CURSOR -> "_offset=" + offset + "&_limit=" + limit;
    };
  }

  private String link(String relation, String place) {
    String path = exchange.prefix() + exchange.path();
    return "<" + path + "?" + kept + place + ">; rel=\"" + relation + "\"";
  }

  /** What every link keeps of the query: all but the words that say which part of the list. */
  private static String kept(String query, Set<String> places) {
    StringBuilder kept = new StringBuilder();
    QueryWords.parse(query)
        .values()
        .forEach((word, values) -> {
          if (!places.contains(word)) {
            values.forEach(value ->
                kept.append(UriText.encode(word))
                    .append('=')
                    .append(UriText.encode(value))
                    .append('&'));
          }
        });
    return kept.toString();
  }
}

package dev.backplane.plugin.http;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads lists page by page. Safe for use by many threads.
 *
 * <p>The backend's pages may be larger than the gateway's, and items may come and go between two
 * requests: a {@link Cursor} remembers the last items that were given, and the list goes on behind
 * them wherever they are now.
 *
 * @param reader reads items by themselves
 * @param paging the backend's pages
 * @param words what of a query the backend does itself
 * @param totals where lists say how many items they have
 */
record Lister(ItemReader reader, PagingSettings paging, ListWords words, Totals totals) {
  /** How many of a page's last items a cursor remembers. */
  private static final int ANCHORS = 5;

  Page list(Query query) {
    Deadline deadline = reader.backend().deadline();
    ListWords.Asked asked = words.ask(reader.paths().list(), query.filter(), query.order());
    CursorCodec cursors = new CursorCodec(reader.codec().json());
    Cursor cursor = query.cursor().map(cursors::read).orElse(Cursor.START);
    Stretch stretch =
        paging.style() instanceof PageStyle.Counted
            ? new CountedPages(this).list(asked.path(), cursor, query.limit(), deadline)
            : within(asked.path(), cursor, query.limit(), deadline);
    Page.Filtering filtering = asked.filters() ? Page.Filtering.PART : Page.Filtering.NONE;
    return new Page(
        items(stretch.bodies(), deadline),
        stretch.next().map(cursors::write),
        new Page.Work(filtering, OptionalLong.of(stretch.examined()), Map.of()));
  }

  /** The items of a page, and where the list goes on behind them. */
  record Stretch(List<JsonObject> bodies, Optional<Cursor> next, int examined) {
    Stretch examining(int items) {
      return new Stretch(bodies, next, items);
    }
  }

  /** Goes on within a page of the backend, and then with the next one. */
  private Stretch within(String path, Cursor cursor, int limit, Deadline deadline) {
    int size = cursor.size() > 0 ? cursor.size() : paging.parameters().capped(limit);
    FetchedPage page = fetch(path, cursor.position(), size, deadline);
    List<JsonObject> bodies = page.bodies();
    int from = behind(cursor.anchors(), bodies).orElse(Math.min(cursor.skip(), bodies.size()));
    int to = (int) Math.min((long) from + limit, bodies.size());
    List<JsonObject> given = bodies.subList(from, to);
    if (to < bodies.size()) {
      Cursor rest = new Cursor(cursor.position(), size, to, anchors(cursor, given));
      return new Stretch(given, Optional.of(rest), bodies.size());
    }
    int nextSize = paging.style().keepsSize() ? size : 0;
    Optional<Cursor> next =
        paging
            .style()
            .next(cursor.position(), page)
            .map(position -> new Cursor(position, nextSize, 0, List.of()));
    return new Stretch(given, next, bodies.size());
  }

  /**
   * The place behind the last item that was given. Where that is gone, the place behind one given
   * before it, if so much follows there that those between must be gone and not just further on.
   */
  Optional<Integer> behind(List<String> anchors, List<JsonObject> bodies) {
    if (anchors.isEmpty()) {
      return Optional.empty();
    }
    List<String> places = bodies.stream().map(this::anchor).toList();
    for (int later = 0; later < anchors.size(); later++) {
      int place = places.lastIndexOf(anchors.get(anchors.size() - 1 - later)) + 1;
      if (place > 0 && places.size() - place >= later) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /** The last items that were given, of this page and, where it has too few, of the one before. */
  List<String> anchors(Cursor cursor, List<JsonObject> given) {
    List<String> anchors = new ArrayList<>(cursor.anchors());
    int last = Math.max(0, given.size() - ANCHORS);
    given.subList(last, given.size()).forEach(body -> anchors.add(anchor(body)));
    return anchors.subList(Math.max(0, anchors.size() - ANCHORS), anchors.size());
  }

  private String anchor(JsonObject body) {
    return ContentVersion.shortHash(reader.codec().listedId(body));
  }

  FetchedPage fetch(String path, String position, int size, Deadline deadline) {
    String target = paging.style().target(path, position, size);
    Answer answer = reader.backend().send(Call.get(target), deadline);
    if (answer.status() != 200) {
      throw reader.failure("GET", answer);
    }
    JsonValue whole = reader.codec().value(answer);
    return new FetchedPage(
        target,
        size,
        answer,
        whole,
        reader.codec().bodies(whole),
        totals.of(answer, whole),
        reader.failures());
  }

  private List<Item> items(List<JsonObject> bodies, Deadline deadline) {
    ItemCodec codec = reader.codec();
    if (codec.shape().wholeInLists()) {
      return bodies.stream().map(body -> codec.byContent(codec.listedId(body), body)).toList();
    }
    List<String> ids = bodies.stream().map(codec::listedId).toList();
    return Together.each(ids, id -> reader.read(id, deadline)).stream()
        .flatMap(Optional::stream) // what was deleted since is left out
        .map(ItemReader.Found::item)
        .toList();
  }

  /**
   * A short list, with all the pages that the backend makes of it.
   *
   * @param path where it is
   * @param items how many items it has at most
   */
  List<JsonObject> all(String path, int items, Deadline deadline) {
    int size = paging.parameters().capped(items);
    List<JsonObject> bodies = new ArrayList<>();
    Optional<String> position = Optional.of("");
    while (position.isPresent() && bodies.size() < items) {
      FetchedPage page = fetch(path, position.get(), size, deadline);
      bodies.addAll(page.bodies());
      position = paging.style().next(position.get(), page);
    }
    return bodies;
  }

  /** How many items match, as the backend tells; empty where it does not. */
  OptionalLong total(Filter filter) {
    Deadline deadline = reader.backend().deadline();
    String path = words.ask(reader.paths().list(), filter, List.of()).path();
    return fetch(path, "", 1, deadline).total();
  }

  /** Whether the backend is asked for all of a filter. */
  boolean asksAll(Filter filter) {
    return words.asksAll(filter);
  }
}

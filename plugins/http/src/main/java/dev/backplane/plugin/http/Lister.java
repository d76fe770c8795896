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

  /** How far a list of counted pages is searched for them, from the place where they were. */
  private static final List<Integer> STEPS_BACK = List.of(1, 20, 200);

  Page list(Query query) {
    Deadline deadline = reader.backend().deadline();
    ListWords.Asked asked = words.ask(reader.paths().list(), query.filter(), query.order());
    CursorCodec cursors = new CursorCodec(reader.codec().json());
    Cursor cursor = query.cursor().map(cursors::read).orElse(Cursor.START);
    Found found =
        paging.style() instanceof PageStyle.Counted
            ? counted(asked.path(), cursor, query.limit(), deadline)
            : within(asked.path(), cursor, query.limit(), deadline);
    Page.Filtering filtering = asked.filters() ? Page.Filtering.PART : Page.Filtering.NONE;
    return new Page(
        items(found.bodies(), deadline),
        found.next().map(cursors::write),
        new Page.Work(filtering, OptionalLong.of(found.examined()), Map.of()));
  }

  /** The items of a page, and where the list goes on behind them. */
  private record Found(List<JsonObject> bodies, Optional<Cursor> next, int examined) {
    Found examining(int items) {
      return new Found(bodies, next, items);
    }
  }

  /** Goes on within a page of the backend, and then with the next one. */
  private Found within(String path, Cursor cursor, int limit, Deadline deadline) {
    int size = cursor.size() > 0 ? cursor.size() : paging.parameters().capped(limit);
    FetchedPage page = fetch(path, cursor.position(), size, deadline);
    List<JsonObject> bodies = page.bodies();
    int from = behind(cursor.anchors(), bodies).orElse(Math.min(cursor.skip(), bodies.size()));
    int to = (int) Math.min((long) from + limit, bodies.size());
    List<JsonObject> given = bodies.subList(from, to);
    if (to < bodies.size()) {
      Cursor rest = new Cursor(cursor.position(), size, to, anchors(cursor, given));
      return new Found(given, Optional.of(rest), bodies.size());
    }
    int nextSize = paging.style().keepsSize() ? size : 0;
    Optional<Cursor> next =
        paging
            .style()
            .next(cursor.position(), page)
            .map(position -> new Cursor(position, nextSize, 0, List.of()));
    return new Found(given, next, bodies.size());
  }

  /**
   * Goes on behind the last items that were given, which are searched for near the place where they
   * were: items before it may have gone since, and others come.
   */
  private Found counted(String path, Cursor cursor, int limit, Deadline deadline) {
    int offset = cursor.position().isEmpty() ? 0 : CursorCodec.number(cursor.position());
    int examined = 0;
    for (int back : cursor.anchors().isEmpty() ? List.<Integer>of() : STEPS_BACK) {
      int start = Math.max(0, offset - back);
      FetchedPage page = fetch(path, start, limit + offset - start, deadline);
      examined += page.bodies().size();
      Optional<Integer> from = behind(cursor.anchors(), page.bodies());
      if (from.isPresent()) {
        boolean rest = from.get() < page.bodies().size() || isLast(page, start);
        return rest
            ? counted(page, start, from.get(), cursor, limit).examining(examined)
            : from(path, start + from.get(), cursor, limit, examined, deadline);
      }
      if (start == 0) {
        break;
      }
    }
    // the first page, or all of them are gone: the count is the best that is left
    return from(path, offset, cursor, limit, examined, deadline);
  }

  private Found from(
      String path, int offset, Cursor cursor, int limit, int examined, Deadline deadline) {
    FetchedPage page = fetch(path, offset, limit, deadline);
    return counted(page, offset, 0, cursor, limit).examining(examined + page.bodies().size());
  }

  private FetchedPage fetch(String path, int offset, int size, Deadline deadline) {
    int capped = paging.parameters().capped(size);
    return fetch(path, Integer.toString(offset), capped, deadline);
  }

  private boolean isLast(FetchedPage page, int start) {
    return paging.style().next(Integer.toString(start), page).isEmpty();
  }

  private Found counted(FetchedPage page, int start, int from, Cursor cursor, int limit) {
    List<JsonObject> bodies = page.bodies();
    int to = (int) Math.min((long) from + limit, bodies.size());
    List<JsonObject> given = bodies.subList(from, to);
    if (to == bodies.size() && isLast(page, start)) {
      return new Found(given, Optional.empty(), bodies.size());
    }
    Cursor next = new Cursor(Integer.toString(start + to), 0, 0, anchors(cursor, given));
    return new Found(given, Optional.of(next), bodies.size());
  }

  /**
   * The place behind the last item that was given. Where that is gone, the place behind one given
   * before it, if so much follows there that those between must be gone and not just further on.
   */
  private Optional<Integer> behind(List<String> anchors, List<JsonObject> bodies) {
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
  private List<String> anchors(Cursor cursor, List<JsonObject> given) {
    List<String> anchors = new ArrayList<>(cursor.anchors());
    int last = Math.max(0, given.size() - ANCHORS);
    given.subList(last, given.size()).forEach(body -> anchors.add(anchor(body)));
    return anchors.subList(Math.max(0, anchors.size() - ANCHORS), anchors.size());
  }

  private String anchor(JsonObject body) {
    return ContentVersion.shortHash(reader.codec().listedId(body));
  }

  private FetchedPage fetch(String path, String position, int size, Deadline deadline) {
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

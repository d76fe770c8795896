package dev.backplane.plugin.http;

import java.util.Optional;

/**
 * How the backend cuts a list into pages.
 *
 * <p>For use by many threads; what differs from list to list is in the {@link Cursor}.
 */
sealed interface PageStyle {
  /**
   * Where a page is.
   *
   * @param path the path of the list with everything but the page
   * @param position which page, as {@link #next} wrote it; empty: the first
   * @param size how many items to ask for
   */
  String target(String path, String position, int size);

  /**
   * The position of the page behind one.
   *
   * @param position which page it was
   * @param page what the backend answered
   * @return empty when it was the last
   */
  Optional<String> next(String position, FetchedPage page);

  /** Whether a page keeps its place only with the size that it was first asked for. */
  default boolean keepsSize() {
    return false;
  }

  /** Everything in one answer. */
  record Whole() implements PageStyle {
    @Override
    public String target(String path, String position, int size) {
      if (!position.isEmpty()) {
        throw CursorCodec.unusable();
      }
      return path;
    }

    @Override
    public Optional<String> next(String position, FetchedPage page) {
      return Optional.empty();
    }
  }

  /**
   * Each page links to the next, in a header or in its body.
   *
   * @param parameters the parameters of the first page
   * @param base what no link leads out of
   * @param fixed the query that every list has by the mapping; it may hold a key, which a link that
   *     repeats it must not bring into a cursor
   */
  record Linked(PageParameters parameters, BaseUrl base, FixedQuery fixed) implements PageStyle {
    @Override
    public String target(String path, String position, int size) {
      if (position.isEmpty()) {
        return parameters.sized(path, size).toString();
      }
      return base.follow(path, position)
          .filter(position::equals)
          .map(fixed::addTo)
          .orElseThrow(CursorCodec::unusable);
    }

    @Override
    public Optional<String> next(String position, FetchedPage page) {
      Optional<String> link =
          parameters.nextIn().isPresent()
              ? page.text(parameters.nextIn().get())
              : Links.next(page.answer().headers("Link"));
      if (link.isEmpty()) {
        return Optional.empty();
      }
      String next =
          base.follow(page.target(), link.get())
              .orElseThrow(
                  () -> page.failures().nonsense("a link to a next page that leads out of url"));
      if (next.equals(page.target())) {
        throw page.failures().nonsense("a page that links to itself as the next");
      }
      return Optional.of(fixed.takeFrom(next));
    }
  }

  /**
   * Each page holds a text that leads to the next.
   *
   * @param parameters where the text is, and the parameter that takes it
   */
  record Tokens(PageParameters parameters) implements PageStyle {
    @Override
    public String target(String path, String position, int size) {
      QueryString query = parameters.sized(path, size);
      return position.isEmpty()
          ? query.toString()
          : query.add(parameters.parameter(), position).toString();
    }

    @Override
    public Optional<String> next(String position, FetchedPage page) {
      Optional<String> next = page.text(parameters.nextIn().orElseThrow());
      if (next.equals(Optional.of(position))) {
        throw page.failures().nonsense("a page that leads to itself as the next");
      }
      return next;
    }
  }

  /**
   * Pages have numbers, which mean something only with one size.
   *
   * @param parameters the parameters
   * @param first the number of the first page
   */
  record Numbered(PageParameters parameters, int first) implements PageStyle {
    @Override
    public String target(String path, String position, int size) {
      return parameters.at(path, size, CursorCodec.number(position, first));
    }

    @Override
    public Optional<String> next(String position, FetchedPage page) {
      int number = CursorCodec.number(position, first);
      long before = (long) (number - first) * page.asked();
      return parameters.isLast(page, before)
          ? Optional.empty()
          : Optional.of(Integer.toString(number + 1));
    }

    @Override
    public boolean keepsSize() {
      return true;
    }
  }

  /**
   * Pages begin behind a number of items.
   *
   * @param parameters the parameters
   */
  record Counted(PageParameters parameters) implements PageStyle {
    @Override
    public String target(String path, String position, int size) {
      return parameters.at(path, size, CursorCodec.number(position, 0));
    }

    @Override
    public Optional<String> next(String position, FetchedPage page) {
      int offset = CursorCodec.number(position, 0);
      return parameters.isLast(page, offset)
          ? Optional.empty()
          : Optional.of(Integer.toString(offset + page.bodies().size()));
    }
  }
}

package dev.backplane.core.http;

import dev.backplane.core.http.ListRequest.Form;
import dev.backplane.core.http.ListRequest.Paging;
import dev.backplane.core.mapping.ResourceMapping;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads which part of a list a query is about, in any of the forms that clients use. */
final class PagingReader {
  private final ResourceMapping resource;
  private final QueryWords words;

  PagingReader(ResourceMapping resource, QueryWords words) {
    this.resource = resource;
    this.words = words;
  }

  Paging paging() {
    Optional<String> cursor = words.single("_cursor");
    boolean paged = words.has("_page");
    boolean started = words.has("_start") || words.has("_end");
    boolean skipped = words.has("_offset");
    if (Stream.of(cursor.isPresent(), paged, started, skipped).filter(used -> used).count() > 1) {
      throw HttpProblem.badRequest(
          "Use one of _page, _start and _end, _offset, and _cursor, not several.");
    }
    if (started) {
      return started();
    }
    int limit = limit();
    if (paged) {
      return new Paging(
          Form.PAGE, offset((long) (words.number("_page", 1, 1) - 1) * limit), limit, cursor);
    }
    if (skipped) {
      return new Paging(Form.OFFSET, words.number("_offset", 0, 0), limit, cursor);
    }
    return new Paging(Form.CURSOR, 0, limit, cursor);
  }

  private Paging started() {
    int start = words.number("_start", 0, 0);
    if (!words.has("_end")) {
      return new Paging(Form.START, start, limit(), Optional.empty());
    }
    if (words.has("_limit") || words.has("_per_page")) {
      throw HttpProblem.badRequest("Use _end or _limit, not both.");
    }
    int length = words.number("_end", 0, 0) - start;
    if (length < 1) {
      throw HttpProblem.badRequest("_end should be greater than _start.");
    }
    return new Paging(Form.START, start, bounded(length), Optional.empty());
  }

  private int limit() {
    Optional<String> word = words.has("_per_page") ? Optional.of("_per_page") : Optional.empty();
    if (words.has("_limit")) {
      if (word.isPresent()) {
        throw HttpProblem.badRequest("Use _limit or _per_page, not both.");
      }
      word = Optional.of("_limit");
    }
    if (word.isPresent()) {
      return bounded(words.number(word.get(), 1, 1));
    }
    // a list of ids is a batch read: cutting it to the usual page would lose what was asked for
    int ids = words.all(resource.idField()).size();
    return ids > resource.lists().pageSize() ? bounded(ids) : resource.lists().pageSize();
  }

  private int bounded(int limit) {
    if (limit > resource.lists().maxPageSize()) {
      throw HttpProblem.badRequest(
          "A page of this resource has at most " + resource.lists().maxPageSize() + " items.");
    }
    return limit;
  }

  private static int offset(long offset) {
    if (offset > Integer.MAX_VALUE) {
      throw HttpProblem.badRequest("_page is too great.");
    }
    return (int) offset;
  }
}

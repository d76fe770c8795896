package dev.backplane.core.http;

import dev.backplane.core.http.ListRequest.Form;
import dev.backplane.core.http.ListRequest.Paging;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads which part of a list a query is about, in any of the forms that clients use. */
final class PagingReader {
  private final ResourceMapping resource;
  private final QueryWords words;
  private final Filter filter;

  PagingReader(ResourceMapping resource, QueryWords words, Filter filter) {
    this.resource = resource;
    this.words = words;
    this.filter = filter;
  }

  Paging paging() {
    Set<String> spellings = new HashSet<>();
    for (String place : QueryVocabulary.PLACES) {
      if (words.has(place)) {
        spellings.add(words.spelling(place));
      }
    }
    String start = words.has("_start") ? "_start" : "_end";
    List<String> used = new ArrayList<>(List.of("_cursor", "_page", start, "_offset"));
    used.removeIf(word -> !words.has(word));
    if (used.size() > 1) {
      throw HttpProblem.badRequest(
          "Use one of "
              + String.join(", ", used.stream().map(words::spelling).toList())
              + ", not several.");
    }
    Paging paging = used.contains(start) ? started() : counted();
    return new Paging(
        paging.form(), paging.offset(), paging.limit(), words.single("_cursor"), spellings);
  }

  private Paging counted() {
    int limit = limit();
    if (words.has("_page")) {
      int offset = offset((long) (words.number("_page", 1, 1) - 1) * limit);
      return new Paging(Form.PAGE, offset, limit, Optional.empty());
    }
    if (words.has("_offset")) {
      return new Paging(Form.OFFSET, words.number("_offset", 0, 0), limit, Optional.empty());
    }
    return new Paging(Form.CURSOR, 0, limit, Optional.empty());
  }

  private Paging started() {
    int start = words.number("_start", 0, 0);
    if (!words.has("_end")) {
      return new Paging(Form.START, start, limit(), Optional.empty());
    }
    if (words.has("_limit")) {
      throw HttpProblem.badRequest(
          "Use " + words.spelling("_end") + " or " + words.spelling("_limit") + ", not both.");
    }
    int length = words.number("_end", 0, 0) - start;
    if (length < 1) {
      throw HttpProblem.badRequest("_end should be greater than _start.");
    }
    Form form = words.spelling("_end").equals(SimpleRest.RANGE) ? Form.RANGE : Form.START;
    return new Paging(form, start, bounded(length), Optional.empty());
  }

  private int limit() {
    if (words.has("_limit")) {
      return bounded(words.number("_limit", 1, 1));
    }
    // a list of ids is a batch read: cutting it to the usual page would lose what was asked for
    int ids = filter.conjuncts().stream().mapToInt(this::ids).max().orElse(0);
    return ids > resource.lists().pageSize() ? bounded(ids) : resource.lists().pageSize();
  }

  private int ids(Filter term) {
    return term instanceof Filter.Comparison comparison
            && comparison.operator() == Operator.IN
            && comparison.field().equals(new FieldPath(List.of(resource.idField())))
        ? comparison.operands().size()
        : 0;
  }

  private int bounded(int limit) {
    if (limit > resource.lists().maxPageSize()) {
      throw HttpProblem.badRequest(
          "A page of this resource has at most " + resource.lists().maxPageSize() + " items.");
    }
    return limit;
  }

  private int offset(long offset) {
    if (offset > Integer.MAX_VALUE) {
      throw HttpProblem.badRequest(words.spelling("_page") + " is too great.");
    }
    return (int) offset;
  }
}

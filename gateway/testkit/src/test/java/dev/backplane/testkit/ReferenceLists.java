package dev.backplane.testkit;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How {@link ReferenceStore} lists and counts; a cursor is the name of a remembered place. */
final class ReferenceLists {
  private final Defect defect;
  private final String idField;
  private final Map<String, Item> places = new ConcurrentHashMap<>();
  private final Map<String, Long> sequence = new HashMap<>();
  private final AtomicInteger pages = new AtomicInteger();

  ReferenceLists(Defect defect, String idField) {
    this.defect = defect;
    this.idField = idField;
  }

  synchronized Page page(List<Item> items, Query query) {
    List<Item> rest = rest(sorted(items, query), query);
    boolean paged = rest.size() > query.limit();
    if (defect == Defect.FILTER_ENDS_AT_A_PAGE && paged) {
      List<Item> scanned = matching(rest.subList(0, query.limit()), query.filter());
      Optional<String> next =
          scanned.isEmpty() ? Optional.empty() : Optional.of(cursor(rest.get(query.limit() - 1)));
      return new Page(scanned, next);
    }
    rest = matching(rest, query.filter());
    int limit = defect == Defect.LIMIT_IGNORED ? query.limit() + 1 : query.limit();
    List<Item> page = rest.subList(0, Math.min(limit, rest.size()));
    if (page.size() == rest.size()) {
      return Page.last(
          shown(
              defect == Defect.LAST_ITEM_LOST && !page.isEmpty()
                  ? page.subList(0, page.size() - 1)
                  : page,
              query));
    }
    int last = defect == Defect.CURSOR_OFF_BY_ONE ? page.size() : page.size() - 1;
    return new Page(shown(page, query), Optional.of(cursor(rest.get(last))));
  }

  OptionalLong count(List<Item> items, Filter filter) {
    return switch (defect) {
      case COUNT_OFF_BY_ONE -> OptionalLong.of(items.size() + 1L);
      case COUNT_IGNORES_FILTER -> OptionalLong.of(items.size());
      default -> OptionalLong.of(items.stream().filter(item -> filter.test(item.body())).count());
    };
  }

  private String cursor(Item last) {
    String name = "place-" + places.size();
    places.put(name, last);
    return name;
  }

  private List<Item> sorted(List<Item> items, Query query) {
    items.forEach(item -> sequence.putIfAbsent(item.id(), (long) sequence.size()));
    if (defect == Defect.REPLACED_MOVES_TO_THE_END) {
      items.forEach(item -> sequence.put(item.id(), (long) items.indexOf(item)));
    }
    List<Item> sorted = new ArrayList<>(items);
    sorted.sort(comparator(query.order()));
    if (defect == Defect.SEQUENCE_TURNS
        && query.cursor().isEmpty()
        && pages.incrementAndGet() > 1) {
      Collections.rotate(sorted, 1);
    }
    return sorted;
  }

  private Comparator<Item> comparator(List<Order> order) {
    Comparator<Item> bySequence = Comparator.comparing(item -> sequence.get(item.id()));
    if (order.isEmpty() || defect == Defect.ORDER_IGNORED) {
      return bySequence;
    }
    return switch (defect) {
      case ORDER_OF_FIRST_KEY -> Order.comparator(order.subList(0, 1));
      case ORDER_BY_UTF16 -> {
        Comparator<Item> comparator =
            Comparator.comparing(
                item -> order.get(0).field().find(item.body()).flatMap(JsonValue::text).orElse(""));
        yield order.get(0).descending() ? comparator.reversed() : comparator;
      }
      case ORDER_TIES_BY_CHANCE -> {
        Comparator<Item> ascending =
            Order.comparator(List.of(new Order(order.get(0).field(), false)));
        yield order.get(0).descending() ? ascending.reversed() : ascending;
      }
      case ORDER_REFUSED_AS_INVALID ->
          throw new StoreException(StoreException.Reason.INVALID, "No order here.");
      default -> Order.comparator(order);
    };
  }

  private List<Item> rest(List<Item> sorted, Query query) {
    if (query.cursor().isEmpty()) {
      return sorted;
    }
    Item last = places.get(query.cursor().get());
    if (last == null && defect != Defect.CURSOR_GARBAGE_ACCEPTED) {
      if (defect == Defect.CURSOR_GARBAGE_CRASHES) {
        throw new NumberFormatException(query.cursor().get());
      }
      throw new StoreException(StoreException.Reason.INVALID, "The cursor is not of this list.");
    }
    if (last == null) {
      return sorted;
    }
    if (defect == Defect.CURSOR_ONCE) {
      places.put(query.cursor().get(), sorted.get(sorted.size() - 1));
    }
    if (defect == Defect.CURSOR_COUNTS) {
      int seen = pages.incrementAndGet() * query.limit();
      return sorted.subList(Math.min(seen, sorted.size()), sorted.size());
    }
    Comparator<Item> comparator = comparator(query.order());
    int least = defect == Defect.CURSOR_REPEATS ? 0 : 1;
    return new ArrayList<>(
        sorted.stream()
            .filter(item -> Integer.signum(comparator.compare(item, last)) >= least)
            .toList());
  }

  private List<Item> matching(List<Item> items, Filter filter) {
    return items.stream().filter(item -> matches(filter, item.body())).toList();
  }

  private boolean matches(Filter filter, JsonObject body) {
    Optional<JsonValue> value =
        filter instanceof Filter.Comparison comparison
            ? comparison.field().find(body)
            : Optional.empty();
    return switch (defect) {
      case WORK_CLAIMS_ALL -> true;
      case FILTER_KNOWS_TEXT_ONLY ->
          filter.test(body) && !(value.orElse(null) instanceof JsonNumber);
      case FILTER_KNOWS_NUMBERS_ONLY ->
          filter.test(body)
              && !(filter instanceof Filter.Comparison comparison
                  && JsonNumber.parse(comparison.operand()).isPresent()
                  && value.orElse(null) instanceof JsonString);
      case FILTER_NE_NEEDS_A_VALUE ->
          filter.test(body)
              && !(filter instanceof Filter.Comparison comparison
                  && comparison.operator() == Operator.NE
                  && value.isEmpty());
      case FILTER_NOT_WEAKENED ->
          filter instanceof Filter.Not not && not.term() instanceof Filter.And and
              ? !and.terms().get(0).test(body)
              : filter.test(body);
      case FILTER_BY_UTF16 ->
          filter instanceof Filter.Comparison comparison
                  && comparison.operator() == Operator.GT
                  && value.orElse(null) instanceof JsonString text
              ? text.value().compareTo(comparison.operand()) > 0
              : filter.test(body);
      default -> filter.test(body);
    };
  }

  private List<Item> shown(List<Item> page, Query query) {
    return switch (defect) {
      case LIST_SHOWS_ANOTHER_VERSION ->
          page.stream().map(item -> new Item(item.id(), "listed", item.body())).toList();
      case FIELDS_LOST ->
          query.fields().isEmpty()
              ? page
              : page.stream()
                  .map(item -> new Item(item.id(), item.version(), item.body().without("part")))
                  .toList();
      case EMPTY_LIST_HAS_A_GHOST ->
          page.isEmpty() ? List.of(new Item("ghost", "v", JsonObject.empty())) : page;
      default -> page;
    };
  }
}

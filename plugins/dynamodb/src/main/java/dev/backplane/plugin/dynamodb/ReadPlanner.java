package dev.backplane.plugin.dynamodb;

import dev.backplane.plugin.dynamodb.ReadPlan.Direction;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Chooses the cheapest way to read a list: by the key of the table or of an index where the filter
 * fixes it, the whole table otherwise, where the mapping allows that.
 */
final class ReadPlanner {
  private final TableSettings table;
  private final Expiry expiry;
  private final Instant now;

  ReadPlanner(TableSettings table, Instant now) {
    this.table = table;
    this.expiry = table.fields().expiry();
    this.now = now;
  }

  /**
   * Plans a list.
   *
   * @param query the list
   * @param path the way in which an earlier page was read, which is kept to
   * @param indexes the indexes; asked for only where one of them could serve
   */
  ReadPlan plan(Query query, Optional<String> path, Supplier<List<AccessPath>> indexes) {
    List<Filter> terms = query.filter().conjuncts();
    Optional<Filter.Comparison> id = id(terms);
    if (id.isPresent()) {
      return byId(terms, id.get());
    }
    List<AccessPath> paths = paths(terms, query.order(), indexes);
    List<KeyMatch> matches =
        paths.stream().flatMap(each -> KeyMatch.of(each, terms).stream()).toList();
    if (matches.stream().anyMatch(match -> match.partitions().isEmpty())) {
      return new ReadPlan.Nothing();
    }
    Optional<ReadPlan> byKey =
        matches.stream()
            .filter(match -> isOrdered(match, query.order()))
            .filter(match -> path.isEmpty() || path.get().equals(match.path().name()))
            .min(Comparator.comparingInt(KeyMatch::cost))
            .map(match -> byKey(terms, match, direction(match, query.order())));
    if (byKey.isPresent()) {
      return byKey.get();
    }
    if (path.isPresent() && !path.get().equals(AccessPath.SCAN)) {
      throw CursorCodec.unusable(); // the index of the earlier pages has gone
    }
    if (matches.isEmpty() && !table.scans().allowed()) {
      throw new ScanRefusal(table, paths).of(terms);
    }
    if (!query.order().isEmpty()) {
      throw new StoreException(
          Reason.UNSUPPORTED, "The table behind this resource does not keep this order.");
    }
    return byScan(terms);
  }

  private ReadPlan byId(List<Filter> terms, Filter.Comparison id) {
    Optional<Map<String, AttributeValue>> key = table.keys().ofIdOperand(id.operand());
    if (key.isEmpty()) {
      return new ReadPlan.Nothing();
    }
    KeyAttribute partition = table.keys().partition();
    Optional<Condition> sort =
        table.keys().sort().map(each -> Condition.equal(each.name(), value(key.get(), each)));
    SortRange range = new SortRange(SortRange.Extent.ONE, sort, Set.of());
    KeyMatch match =
        new KeyMatch(
            AccessPath.ofTable(table.keys()),
            List.of(value(key.get(), partition)),
            range,
            Set.of(id));
    // at most one item has this key, so that any order is kept
    return byKey(terms, match, Direction.ANY);
  }

  private static AttributeValue value(Map<String, AttributeValue> key, KeyAttribute part) {
    AttributeValue value = key.get(part.name());
    if (value == null) {
      throw new IllegalStateException("a key lacks one of its parts");
    }
    return value;
  }

  /** The table's own path and its indexes, without asking for these in vain. */
  private List<AccessPath> paths(
      List<Filter> terms, List<Order> order, Supplier<List<AccessPath>> indexes) {
    List<AccessPath> paths = new ArrayList<>();
    if (table.keys().sort().isPresent() && table.showsKeys()) {
      paths.add(AccessPath.ofTable(table.keys()));
    }
    boolean served =
        paths.stream()
            .flatMap(each -> KeyMatch.of(each, terms).stream())
            .anyMatch(match -> isOrdered(match, order));
    boolean others = fixed(terms).anyMatch(term -> !isId(term) && !isPartition(term));
    boolean refused = !served && !table.scans().allowed();
    if (others || refused || (!served && fixed(terms).anyMatch(this::isPartition))) {
      indexes.get().stream()
          .filter(path -> path.keys().attributes().stream().noneMatch(this::isUnseen))
          .forEach(paths::add);
    }
    return paths;
  }

  private boolean isPartition(Filter.Comparison term) {
    return term.field().segments().equals(List.of(table.keys().partition().name()));
  }

  /** Whether a filter on a field of this name would be about something else. */
  private boolean isUnseen(KeyAttribute key) {
    return table.isHidden(key.name()) || key.name().equals(table.idField());
  }

  private ReadPlan byKey(List<Filter> terms, KeyMatch match, Direction direction) {
    Set<String> keys = names(match.path().keys());
    List<Filter> others = terms.stream().filter(term -> !match.said().contains(term)).toList();
    // an index refuses filters on what it does not hold
    List<Condition> conditions = match.path().whole() ? conditions(others, keys) : List.of();
    int said = terms.size() - others.size() + conditions.size();
    Optional<Condition> filter = alive(conditions, expiry.isToldBy(match.path()));
    return new ReadPlan.ByKey(match, direction, filter, filtering(terms, said), !others.isEmpty());
  }

  /** Whether the service gives the matches of a filter and nothing else, when it is read so. */
  boolean isExact(ReadPlan.ByKey plan, Filter filter) {
    FilterTranslator translator = new FilterTranslator(table, names(plan.match().path().keys()));
    return plan.filtering() == Filtering.ALL
        && expiry.isToldBy(plan.match().path())
        && filter.conjuncts().stream()
            .filter(term -> !plan.match().said().contains(term))
            .allMatch(translator::isExact);
  }

  private static Set<String> names(KeySchema keys) {
    return keys.attributes().stream().map(KeyAttribute::name).collect(Collectors.toSet());
  }

  private ReadPlan byScan(List<Filter> terms) {
    List<Condition> conditions = conditions(terms, Set.of());
    return new ReadPlan.ByScan(
        alive(conditions, true), filtering(terms, conditions.size()), !terms.isEmpty());
  }

  /** All of the conditions, and where it can be told, that an item has not ended. */
  private Optional<Condition> alive(List<Condition> conditions, boolean told) {
    List<Condition> all = new ArrayList<>();
    if (told) {
      expiry.isAlive(now).ifPresent(all::add);
    }
    all.addAll(conditions);
    return all.isEmpty() ? Optional.empty() : Optional.of(Condition.and(all));
  }

  private List<Condition> conditions(List<Filter> terms, Set<String> keys) {
    FilterTranslator translator = new FilterTranslator(table, keys);
    List<Condition> told =
        terms.stream().flatMap(term -> translator.translate(term).stream()).toList();
    // of which there is always room
    Optional<Condition> alive = expiry.isAlive(now);
    List<Condition> fitting = new ArrayList<>(alive.stream().toList());
    fitting.addAll(told);
    fitting = Condition.fitting(fitting);
    return fitting.subList(alive.isPresent() ? 1 : 0, fitting.size());
  }

  private Optional<Filter.Comparison> id(List<Filter> terms) {
    return fixed(terms).filter(term -> term.operator() == Operator.EQ && isId(term)).findFirst();
  }

  private boolean isId(Filter.Comparison term) {
    return term.field().segments().equals(List.of(table.idField()));
  }

  /** The terms that say which value a field has, as a key needs it. */
  static Stream<Filter.Comparison> fixed(List<Filter> terms) {
    return terms.stream()
        .filter(Filter.Comparison.class::isInstance)
        .map(Filter.Comparison.class::cast)
        .filter(term -> term.operator() == Operator.EQ || term.operator() == Operator.IN)
        .filter(term -> term.field().segments().size() == 1);
  }

  /** How much of a filter so many of its terms are. */
  private static Filtering filtering(List<Filter> terms, int said) {
    if (said == terms.size()) {
      return Filtering.ALL;
    }
    return said > 0 ? Filtering.PART : Filtering.NONE;
  }

  /** Whether reading by a key gives the items in this order. */
  private static boolean isOrdered(KeyMatch match, List<Order> order) {
    List<Order> rest = beyondPartition(match, order);
    if (rest.isEmpty()) {
      return order.isEmpty() || isUnique(match);
    }
    boolean tied = !match.path().isTable() && rest.size() > 1;
    return match.partitions().size() == 1
        && !tied
        && match
            .path()
            .keys()
            .sort()
            .filter(sort -> sort.type() != KeyType.BINARY && isField(rest.get(0), sort))
            .isPresent();
  }

  private static boolean isUnique(KeyMatch match) {
    return match.path().isTable() && match.sort().extent() == SortRange.Extent.ONE;
  }

  private static Direction direction(KeyMatch match, List<Order> order) {
    List<Order> rest = beyondPartition(match, order);
    if (rest.isEmpty()) {
      return Direction.ANY;
    }
    return rest.get(0).descending() ? Direction.DESCENDING : Direction.ASCENDING;
  }

  /** The sort keys that decide something: all items of one partition are equal in the first. */
  private static List<Order> beyondPartition(KeyMatch match, List<Order> order) {
    if (match.partitions().size() != 1) {
      return order;
    }
    return order.stream().dropWhile(key -> isField(key, match.path().keys().partition())).toList();
  }

  private static boolean isField(Order order, KeyAttribute key) {
    return order.field().segments().equals(List.of(key.name()));
  }
}

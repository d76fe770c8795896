package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Chooses the cheapest way to read a list: a query where the key is fixed, a scan otherwise. */
final class ReadPlanner {
  private final ItemCodec items;
  private final FilterTranslator translator;

  ReadPlanner(TableSettings table, ItemCodec items) {
    this.items = items;
    this.translator = new FilterTranslator(table);
  }

  ReadPlan plan(Query query) {
    Filter filter = query.filter();
    List<Condition> conditions =
        Condition.fitting(
            filter.conjuncts().stream()
                .flatMap(term -> translator.translate(term).stream())
                .toList());
    Optional<Condition> said = Condition.allThatFit(conditions);
    Optional<String> id = translator.id(filter);
    if (id.isEmpty()) {
      refuseOrder(query);
      return new ReadPlan.ByScan(said, filtering(filter, conditions.size()));
    }
    // at most one item has this key, so that any order is kept
    Optional<AttributeValue> key = items.matchingKey(id.get());
    return key.<ReadPlan>map(
            value -> new ReadPlan.ByKey(value, said, filtering(filter, conditions.size() + 1)))
        .orElseGet(ReadPlan.Nothing::new);
  }

  /** How much of a filter so many of its terms are. */
  private static Filtering filtering(Filter filter, int terms) {
    if (terms == filter.conjuncts().size()) {
      return Filtering.ALL;
    }
    return terms > 0 ? Filtering.PART : Filtering.NONE;
  }

  private static void refuseOrder(Query query) {
    if (!query.order().isEmpty()) {
      throw new StoreException(
          Reason.UNSUPPORTED, "The table behind this resource keeps no order of its own.");
    }
  }
}

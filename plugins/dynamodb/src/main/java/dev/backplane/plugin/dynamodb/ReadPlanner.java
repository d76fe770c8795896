package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Filter;
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
    Optional<String> id = translator.id(query.filter());
    if (id.isEmpty()) {
      refuseOrder(query);
      return new ReadPlan.ByScan(filter(query.filter()));
    }
    // at most one item has this key, so that any order is kept
    Optional<AttributeValue> key = items.matchingKey(id.get());
    return key.<ReadPlan>map(value -> new ReadPlan.ByKey(value, filter(query.filter())))
        .orElseGet(ReadPlan.Nothing::new);
  }

  private Optional<Condition> filter(Filter filter) {
    List<Condition> conditions =
        filter.conjuncts().stream().flatMap(term -> translator.translate(term).stream()).toList();
    return Condition.allThatFit(conditions);
  }

  private static void refuseOrder(Query query) {
    if (!query.order().isEmpty()) {
      throw new StoreException(
          Reason.UNSUPPORTED, "The table behind this resource keeps no order of its own.");
    }
  }
}

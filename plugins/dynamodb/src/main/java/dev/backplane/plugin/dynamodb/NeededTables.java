package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Provision;
import dev.backplane.spi.SettingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables that the open resources need: several may be served from one, each with indexes of its
 * own. Safe for use by many threads.
 */
final class NeededTables {
  private final Map<Place, Map<String, Part>> resources = new HashMap<>();

  /** Where a table is. */
  private record Place(Endpoint endpoint, String region, String table) {}

  /** One resource's part in its table; to be closed once. */
  final class Part implements AutoCloseable {
    private final Place place;
    private final String resource;
    private final TableSettings table;

    private Part(Place place, String resource, TableSettings table) {
      this.place = place;
      this.resource = resource;
      this.table = table;
    }

    /**
     * The table with all that the open resources need of it.
     *
     * @throws SettingException when they contradict each other
     */
    TableDefinition definition() {
      Optional<TableDefinition> all = Optional.empty();
      for (Part each : at(place)) {
        TableDefinition one = TableDefinition.of(each.table);
        all = Optional.of(all.map(so -> so.with(one)).orElse(one));
      }
      return all.orElseGet(() -> TableDefinition.of(table));
    }

    /** The same as a template of CloudFormation has it. */
    Provision provision() {
      if (table.table().startsWith("arn:")) {
        String remark = "its table is given by an ARN, so it is made elsewhere";
        return new Provision(Map.of(), List.of(remark));
      }
      TableDefinition definition = definition();
      List<String> remarks =
          table.indexes().declared().isPresent()
              ? List.of()
              : List.of("the mapping names no indexes, so none that its table may have is here");
      return new Provision(
          Map.of(TableTemplate.logicalId(definition), TableTemplate.resource(definition)), remarks);
    }

    @Override
    public void close() {
      remove(this);
    }
  }

  /** Notes a resource; one of the same name that is about to close makes room for it. */
  synchronized Part add(ConnectionSettings settings, String resource, TableSettings table) {
    Place place = new Place(settings.endpoint(), settings.region(), table.table());
    Part part = new Part(place, resource, table);
    resources.computeIfAbsent(place, any -> new LinkedHashMap<>()).put(resource, part);
    return part;
  }

  private synchronized List<Part> at(Place place) {
    return new ArrayList<>(resources.getOrDefault(place, Map.of()).values());
  }

  private synchronized void remove(Part part) {
    Map<String, Part> there = resources.getOrDefault(part.place, new HashMap<>());
    there.remove(part.resource, part); // not that of a successor
    if (there.isEmpty()) {
      resources.remove(part.place);
    }
  }
}

package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Filter;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a list is not served where the mapping allows no scan, and which lists are. */
final class ScanRefusal {
  private final TableSettings table;
  private final List<AccessPath> paths;

  ScanRefusal(TableSettings table, List<AccessPath> paths) {
    this.table = table;
    this.paths = List.copyOf(paths);
  }

  StoreException of(List<Filter> terms) {
    List<String> ways = new ArrayList<>();
    ways.add("ask for items by \"" + table.idField() + "\"");
    paths.forEach(path -> ways.add("give " + way(path)));
    wanted(terms)
        .ifPresent(field -> ways.add("have the operator add an index on \"" + field + "\""));
    return new StoreException(
        Reason.INVALID,
        "This list would read the whole table, which is not allowed here: "
            + String.join(", or ", ways)
            + ".");
  }

  private static String way(AccessPath path) {
    String way = "\"" + path.keys().partition().name() + "\" one value";
    if (!path.complete()) {
      way +=
          path.keys()
              .sort()
              .map(sort -> " and \"" + sort.name() + "\" a value or a range")
              .orElse("");
    }
    return path.isTable() ? way : way + " (index " + path.index() + ")";
  }

  /** The fields for which an index would serve this very list. */
  private static Optional<String> wanted(List<Filter> terms) {
    String fields =
        ReadPlanner.fixed(terms)
            .map(term -> term.field().toString())
            .distinct()
            .collect(Collectors.joining("\", or on \""));
    return fields.isEmpty() ? Optional.empty() : Optional.of(fields);
  }
}

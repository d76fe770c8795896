package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which attributes a list needs, where not all. Only of a table that nobody else writes: of others,
 * the version of an item follows all its attributes.
 */
final class NeededAttributes {
  private static final NeededAttributes ALL = new NeededAttributes(Set.of());

  /** More is not worth an expression of its own. */
  private static final int MOST_PATHS = 50;

  private final Set<List<String>> paths;

  private NeededAttributes(Set<List<String>> paths) {
    this.paths = paths;
  }

  static NeededAttributes of(TableSettings table, List<FieldPath> fields) {
    if (table.shared() || fields.isEmpty() || fields.size() > MOST_PATHS) {
      return ALL;
    }
    Set<List<String>> paths = new LinkedHashSet<>();
    table.keys().attributes().forEach(key -> paths.add(List.of(key.name())));
    paths.add(List.of(table.version()));
    table.fields().expiry().attribute().ifPresent(ttl -> paths.add(List.of(ttl)));
    for (FieldPath field : fields) {
      if (!field.segments().equals(List.of(table.idField()))) {
        paths.add(field.segments());
      }
    }
    return new NeededAttributes(withoutInner(paths));
  }

  boolean isAll() {
    return paths.isEmpty();
  }

  /** The same, with the attributes of another key. */
  NeededAttributes with(KeySchema keys) {
    if (isAll()) {
      return this;
    }
    Set<List<String>> more = new LinkedHashSet<>(paths);
    keys.attributes().forEach(key -> more.add(List.of(key.name())));
    return new NeededAttributes(withoutInner(more));
  }

  /** As an expression; empty for all attributes. */
  Optional<String> expression(Aliases aliases) {
    return isAll()
        ? Optional.empty()
        : Optional.of(paths.stream().map(aliases::path).collect(Collectors.joining(", ")));
  }

  /** The service refuses a path together with another that it is a part of. */
  private static Set<List<String>> withoutInner(Set<List<String>> paths) {
    Set<List<String>> outer = new LinkedHashSet<>();
    for (List<String> path : paths) {
      boolean inner = false;
      for (int length = 1; length < path.size(); length++) {
        inner |= paths.contains(new ArrayList<>(path.subList(0, length)));
      }
      if (!inner) {
        outer.add(path);
      }
    }
    return outer;
  }
}

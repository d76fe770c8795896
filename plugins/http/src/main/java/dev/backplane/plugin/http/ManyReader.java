package dev.backplane.plugin.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads many items by their ids: some in one request where the backend takes several ids, and the
 * others each by itself, some at the same time. Safe for use by many threads.
 *
 * @param reader reads items by themselves
 * @param lister reads lists
 * @param ids how several ids are asked for
 */
record ManyReader(ItemReader reader, Lister lister, Optional<Ids> ids) {
  /** How ids stand in a query. */
  enum Style {
    REPEATED,
    COMMAS
  }

  /**
   * How several ids are asked for.
   *
   * @param parameter the parameter of a list that takes them
   * @param style whether it comes once for each, or once with commas
   * @param most how many at once
   */
  record Ids(String parameter, Style style, int most) {
    static Optional<Ids> read(Settings settings) {
      return settings
          .section("many")
          .map(group ->
              new Ids(
                  group.string("parameter"),
                  group.choice("style", Style.REPEATED),
                  (int) group.integer("most", 50, 2, 1_000)));
    }

    /** Whether an id can be one of several. */
    boolean takes(String id) {
      return style == Style.REPEATED || id.indexOf(',') < 0;
    }
  }

  List<Item> read(Set<String> wanted) {
    Deadline deadline = reader.backend().deadline();
    Set<String> left = new LinkedHashSet<>(wanted);
    List<Item> items = new ArrayList<>();
    if (ids.isPresent() && reader.codec().shape().wholeInLists()) {
      List<String> together = wanted.stream().filter(ids.get()::takes).toList();
      for (int from = 0; from < together.size(); from += ids.get().most()) {
        int to = Math.min(from + ids.get().most(), together.size());
        items.addAll(together(ids.get(), together.subList(from, to), left, deadline));
      }
    }
    Together.each(List.copyOf(left), id -> reader.read(id, deadline)).stream()
        .flatMap(Optional::stream)
        .map(ItemReader.Found::item)
        .forEach(items::add);
    return items;
  }

  /**
   * Asks for several at once.
   *
   * @param left what is not yet known; what this tells is taken out. A list with others in it was
   *     not of these ids alone, so it does not tell which are missing
   */
  private Collection<Item> together(
      Ids words, List<String> wanted, Set<String> left, Deadline deadline) {
    QueryString query = new QueryString(reader.paths().list());
    if (words.style() == Style.COMMAS) {
      query.add(words.parameter(), String.join(",", wanted));
    } else {
      wanted.forEach(id -> query.add(words.parameter(), id));
    }
    Map<String, Item> found = new LinkedHashMap<>();
    for (JsonObject body : lister.all(query.toString(), wanted.size(), deadline)) {
      String id = reader.codec().listedId(body);
      found.putIfAbsent(id, reader.codec().byContent(id, body));
    }
    boolean others = found.keySet().retainAll(Set.copyOf(wanted));
    left.removeAll(others ? found.keySet() : Set.copyOf(wanted));
    return found.values();
  }
}

package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads which relations of a resource to follow; each is followed once, however often it is named.
 */
final class ExpansionReader {
  /** A relation and one from there: enough for a screen, and an end to relations in a circle. */
  private static final int MAX_DEPTH = 2;

  private static final int MAX_PATHS = 10;

  private final Map<String, ServedResource> resources;

  ExpansionReader(Map<String, ServedResource> resources) {
    this.resources = resources;
  }

  List<Expansion> read(Caller caller, ServedResource resource, RelationWords words) {
    if (words.isEmpty()) {
      return List.of();
    }
    Set<List<String>> paths = new LinkedHashSet<>();
    words.expand().forEach(path -> paths.add(path(resource, RelationWords.EXPAND, path)));
    words.embed().forEach(path -> paths.add(path(resource, RelationWords.EMBED, path)));
    if (paths.size() > MAX_PATHS) {
      throw HttpProblem.badRequest(
          "_expand and _embed follow at most " + MAX_PATHS + " relations in one request.");
    }
    return read(caller, resource, List.copyOf(paths), "_expand and _embed");
  }

  private static List<String> path(ServedResource resource, String word, String path) {
    List<String> names = List.of(path.split("\\.", -1));
    if (names.size() > MAX_DEPTH) {
      throw HttpProblem.badRequest(
          word + " follows a relation and one from there, such as author.company, not more.");
    }
    Relation relation = relation(resource, word, names.get(0));
    // _embed follows both kinds: ra-data-json-server has no other word, as json-server has none
    // since 1.0
    if (word.equals(RelationWords.EXPAND) && !(relation instanceof Relation.ToOne)) {
      throw HttpProblem.badRequest("\"" + relation.name() + "\" leads to many items: use _embed.");
    }
    return names;
  }

  private List<Expansion> read(
      Caller caller, ServedResource resource, List<List<String>> paths, String word) {
    Map<String, List<List<String>>> nested = new LinkedHashMap<>();
    for (List<String> path : paths) {
      List<List<String>> rest = nested.computeIfAbsent(path.get(0), none -> new ArrayList<>());
      if (path.size() > 1) {
        rest.add(path.subList(1, path.size()));
      }
    }
    List<Expansion> expansions = new ArrayList<>();
    nested.forEach((name, rest) -> {
      Relation relation = relation(resource, word, name);
      ServedResource target = target(caller, relation);
      target.require(relation instanceof Relation.ToOne ? Operation.GET : Operation.LIST);
      expansions.add(new Expansion(relation, target, read(caller, target, rest, word)));
    });
    return expansions;
  }

  /**
   * The resource that a relation leads to, as a caller sees it; the mapping was refused if it were
   * not there.
   */
  ServedResource target(Caller caller, Relation relation) {
    ServedResource target = resources.get(relation.resource());
    if (target == null) {
      throw new IllegalStateException("relation " + relation.name() + " leads nowhere");
    }
    return target.as(caller);
  }

  private static Relation relation(ServedResource resource, String word, String name) {
    Map<String, Relation> relations = resource.mapping().relations();
    Relation relation = relations.get(name);
    if (relation == null) {
      throw HttpProblem.badRequest(
          word
              + " names no relation of \""
              + resource.name()
              + "\"; "
              + (relations.isEmpty()
                  ? "it has none."
                  : "there are " + String.join(", ", relations.keySet()) + "."));
    }
    return relation;
  }
}

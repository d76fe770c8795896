package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.Relation;
import dev.backplane.spi.Item;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers GET and HEAD of {@code /api/{resource}/{id}/{relation}}. */
final class RelationRoute {
  private final ExpansionReader relations;
  private final Listing listing;
  private final Reading reading;

  RelationRoute(ExpansionReader relations, Listing listing, Reading reading) {
    this.relations = relations;
    this.listing = listing;
    this.reading = reading;
  }

  /** The relation of that name. */
  static Relation find(ServedResource resource, String name) {
    Relation relation = resource.mapping().relations().get(name);
    if (relation == null) {
      throw new HttpProblem(404, "This resource has no relation of this name.");
    }
    return relation;
  }

  /**
   * What a path has below a resource when its slashes cannot be told from those of ids: an id, and
   * behind it a relation, where what stands behind the last slash is the name of one.
   */
  static List<String> split(ServedResource resource, String path) {
    int slash = path.lastIndexOf('/');
    boolean relation =
        slash > 0 && resource.mapping().relations().containsKey(path.substring(slash + 1));
    return relation ? List.of(path.substring(0, slash), path.substring(slash + 1)) : List.of(path);
  }

  void get(Exchange exchange, ServedResource resource, String id, Relation relation)
      throws IOException {
    resource.require(Operation.GET);
    ServedResource target = relations.target(exchange.caller(), relation);
    Item item = resource.get(id).orElseThrow(HttpProblem::noSuchItem);
    switch (relation) {
      case Relation.ToMany many -> {
        target.require(Operation.LIST);
        ListRequest request = QueryReader.list(exchange, target);
        listing.list(exchange, target, request.and(RelatedItems.leadsTo(many, List.of(item.id()))));
      }
      case Relation.ToOne one -> {
        target.require(Operation.GET);
        Optional<String> other = RelatedItems.idIn(resource.body(item), one.field());
        reading.get(exchange, target, other.orElseThrow(HttpProblem::noSuchItem));
      }
    }
  }
}

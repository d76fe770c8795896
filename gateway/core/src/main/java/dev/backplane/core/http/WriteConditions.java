package dev.backplane.core.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.Precondition;
import java.util.Optional;

/**
 * What must hold for a write: the {@code If-Match} and {@code If-None-Match} of a request, or of
 * one operation of many.
 *
 * @param match the value of {@code If-Match}
 * @param noneMatch the value of {@code If-None-Match}
 */
record WriteConditions(Optional<String> match, Optional<String> noneMatch) {
  /** What the server adds to the tag of an answer that it compressed, up to the closing quote. */
  private static final String COMPRESSED = "--gzip\"";

  /** Refuses what is malformed, before anything else is found out. */
  WriteConditions {
    // the state of the item is the same, however the client was told of it
    match = match.map(header -> header.replace(COMPRESSED, "\""));
    noneMatch = noneMatch.map(header -> header.replace(COMPRESSED, "\""));
    match.ifPresent(header -> Conditions.parse("If-Match", header));
    noneMatch.ifPresent(header -> Conditions.parse("If-None-Match", header));
  }

  static WriteConditions of(Exchange exchange) {
    return new WriteConditions(exchange.list("If-Match"), exchange.list("If-None-Match"));
  }

  /** Whether the write is to create: there must be no such item. */
  boolean creates() {
    return noneMatch.isPresent() && Conditions.parse("If-None-Match", noneMatch.get()).any();
  }

  /**
   * Whether they hold for one state of the item alone, so that the write cannot be done twice: not
   * where the caller sees but a part of it, which may stay as it is.
   */
  boolean nameAState(ServedResource resource) {
    return precondition(resource).filter(Precondition.Matches.class::isInstance).isPresent();
  }

  /** Refuses a write that does not say which state of the item it relies on, where one has to. */
  void requireState(ServedResource resource) {
    if (!resource.mapping().writes().requireMatch()) {
      return;
    }
    if (match.isEmpty() || Conditions.parse("If-Match", match.get()).any()) {
      throw new HttpProblem(
          428,
          "This resource needs If-Match with the ETag of the item, so that nobody overwrites what"
              + " they have not read.");
    }
  }

  /**
   * What the store has to test; a write without conditions changes what exists.
   *
   * @param resource the resource as the caller sees it
   * @return empty where no precondition says it all, so that the item has to be read and {@link
   *     #check checked}
   */
  Optional<Precondition> precondition(ServedResource resource) {
    if (noneMatch.isPresent() && match.isPresent()) {
      throw HttpProblem.badRequest("Use If-Match or If-None-Match, not both.");
    }
    if (match.isPresent()) {
      Conditions tags = Conditions.parse("If-Match", match.get());
      if (tags.any()) {
        return Optional.of(new Precondition.Exists());
      }
      return tags.strong().size() == 1 && tags.weak().isEmpty() && resource.tagsVersions()
          ? Optional.of(new Precondition.Matches(tags.strong().get(0)))
          : Optional.empty();
    }
    if (noneMatch.isEmpty()) {
      return Optional.of(new Precondition.Exists());
    }
    return creates() ? Optional.of(new Precondition.Absent()) : Optional.empty();
  }

  /** Tests the conditions on an item that was read. */
  void check(ServedResource resource, Item item) {
    Optional<String> state = resource.state(item);
    if (match.isPresent() && !Conditions.parse("If-Match", match.get()).matchesStrongly(state)) {
      throw HttpProblem.stale();
    }
    if (noneMatch.isPresent()
        && Conditions.parse("If-None-Match", noneMatch.get()).matchesWeakly(state)) {
      throw HttpProblem.stale();
    }
  }
}

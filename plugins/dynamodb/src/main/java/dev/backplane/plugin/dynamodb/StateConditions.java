package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Precondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Conditions on the state of an item that is about to be written; one that has ended is none. */
final class StateConditions {
  private final TableSettings table;
  private final Expiry expiry;

  StateConditions(TableSettings table) {
    this.table = table;
    this.expiry = table.fields().expiry();
  }

  /**
   * What the service can test of a precondition by itself; empty where there is nothing to test.
   */
  Optional<Condition> of(Precondition precondition, Instant now) {
    return switch (precondition) {
      case Precondition.None none -> Optional.empty();
      case Precondition.Absent none -> Optional.of(Puts.isAbsent(table, now));
      case Precondition.Exists some -> Optional.of(isPresent(now));
      case Precondition.Matches matches -> Optional.of(isVersion(matches.version(), now));
    };
  }

  /** Whether the version attribute alone tells the state of an item. */
  boolean isKnown(String version) {
    return !table.shared() && ItemCodec.isOurs(version);
  }

  Condition isPresent(Instant now) {
    return expiry.andAlive(Puts.isPresent(table), now);
  }

  Condition isVersion(String version, Instant now) {
    Condition same = Condition.equal(table.version(), AttributeValue.fromS(version));
    return expiry.andAlive(same, now);
  }

  /** That nothing changed; our own writes always change the version attribute, so it goes first. */
  Condition isUnchanged(Map<String, AttributeValue> before) {
    List<Condition> conditions = new ArrayList<>();
    AttributeValue version = before.get(table.version());
    conditions.add(
        version == null
            ? Condition.missing(List.of(table.version()))
            : Condition.equal(table.version(), version));
    before.forEach((name, value) -> {
      if (!name.equals(table.version())) {
        conditions.add(Condition.equal(name, value));
      }
    });
    return Condition.allThatFit(conditions).orElseThrow();
  }

  /** That an item is there still and was made when it was: what a put over it has to keep. */
  Condition isSame(Map<String, AttributeValue> before, Instant now) {
    String attribute = table.fields().timestamps().created().orElseThrow();
    AttributeValue created = before.get(attribute);
    Condition same =
        created != null
            ? Condition.equal(attribute, created)
            : Condition.and(List.of(Puts.isPresent(table), Condition.missing(List.of(attribute))));
    return expiry.andAlive(same, now);
  }
}

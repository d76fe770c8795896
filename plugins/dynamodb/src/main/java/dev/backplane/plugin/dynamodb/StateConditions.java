package dev.backplane.plugin.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Conditions on the state of an item that is about to be written. */
final class StateConditions {
  private final TableSettings table;
  private final Expiry expiry;
  private final Condition missing;
  private final Condition present;

  StateConditions(TableSettings table) {
    this.table = table;
    this.expiry = table.fields().expiry();
    List<String> key = List.of(table.keys().partition().name());
    this.missing = Condition.missing(key);
    this.present = Condition.exists(key);
  }

  /** That there is no item, or only one that has ended. */
  Condition absent(Instant now) {
    return expiry.isOver(now).map(over -> Condition.or(List.of(missing, over))).orElse(missing);
  }

  /** That there is an item, which has not ended. */
  Condition present(Instant now) {
    return expiry.andAlive(present, now);
  }

  /** Whether the version attribute alone tells the state of an item. */
  boolean isKnown(String version) {
    return !table.shared() && ItemCodec.isOurs(version);
  }

  Condition isVersion(String version, Instant now) {
    Condition same = Condition.equal(table.version(), AttributeValue.fromS(version));
    return expiry.andAlive(same, now);
  }

  /** That it is still the item that was read, whatever became of it: made at the same time. */
  Condition isSame(Map<String, AttributeValue> before, Instant now) {
    String attribute = table.fields().timestamps().created().orElseThrow();
    AttributeValue created = before.get(attribute);
    Condition same =
        created != null
            ? Condition.equal(attribute, created)
            : Condition.and(List.of(present, Condition.missing(List.of(attribute))));
    return expiry.andAlive(same, now);
  }

  /** That nothing changed; our own writes always change the version attribute, so it goes first. */
  Condition unchanged(Map<String, AttributeValue> before) {
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
}

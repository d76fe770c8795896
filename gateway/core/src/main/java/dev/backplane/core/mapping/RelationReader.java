package dev.backplane.core.mapping;

import dev.backplane.spi.FieldPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what stands under {@code relations:} of one resource. */
final class RelationReader {
  private final Fields fields;
  private final Reading reading;

  RelationReader(Fields fields, Reading reading) {
    this.fields = fields;
    this.reading = reading;
  }

  Map<String, Relation> read() {
    Map<String, Relation> relations = new LinkedHashMap<>();
    Optional<Yaml.Group> group = fields.get(Keys.RELATIONS);
    if (group.isPresent()) {
      for (Yaml.Entry entry : group.get().entries()) {
        relation(entry).ifPresent(relation -> relations.put(relation.name(), relation));
      }
    }
    return relations;
  }

  private Optional<Relation> relation(Yaml.Entry entry) {
    String name = Names.quoted(entry.key());
    if (!Keys.RELATION_NAME.allows(entry.key())) {
      reading.report(entry.at(), name + " is not a relation's name: " + Keys.RELATION_NAME.words());
      return Optional.empty();
    }
    if (!(entry.value() instanceof Yaml.Group group)) {
      if (!(entry.value() instanceof Yaml.Broken)) {
        reading.report(
            entry.at(), "relation " + name + " should be a group with resource: and field: in it");
      }
      return Optional.empty();
    }
    Fields keys = new Fields(group, Keys.OF_RELATION, "a relation", reading);
    Optional<String> resource = keys.get(Keys.RELATED);
    Optional<String> field = keys.get(Keys.FIELD);
    Optional<String> foreign = keys.get(Keys.FOREIGN_FIELD);
    boolean wrong = keys.isWrong(Keys.RELATED);
    if (resource.isEmpty() && !wrong) {
      reading.report(entry.at(), "relation " + name + " needs \"resource\"");
    }
    wrong |= keys.isWrong(Keys.FIELD) || keys.isWrong(Keys.FOREIGN_FIELD);
    if (!wrong && field.isPresent() == foreign.isPresent()) {
      reading.report(
          entry.at(),
          "relation "
              + name
              + " needs one of \"field\", for one item there, and \"foreign-field\", for many");
      return Optional.empty();
    }
    if (wrong || resource.isEmpty()) {
      return Optional.empty();
    }
    return field.isPresent()
        ? path(Keys.FIELD, field.get(), keys.at(Keys.FIELD, entry.at()), reading)
            .map(path -> new Relation.ToOne(entry.key(), resource.get(), path))
        : path(
                Keys.FOREIGN_FIELD,
                foreign.orElseThrow(),
                keys.at(Keys.FOREIGN_FIELD, entry.at()),
                reading)
            .map(path -> new Relation.ToMany(entry.key(), resource.get(), path));
  }

  /** A dotted path; empty when it is not one, which is then reported. */
  static Optional<FieldPath> path(Key<?> key, String dotted, Position at, Reading reading) {
    try {
      return Optional.of(FieldPath.parse(dotted));
    } catch (IllegalArgumentException malformed) {
      reading.report(at, Names.quoted(key.name()) + " has a field with a dot too many in its path");
      return Optional.empty();
    }
  }
}

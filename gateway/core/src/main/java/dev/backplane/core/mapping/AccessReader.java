package dev.backplane.core.mapping;

import dev.backplane.spi.FieldPath;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what stands under {@code access:} of one resource. */
final class AccessReader {
  private final Fields resource;
  private final Reading reading;

  AccessReader(Fields resource, Reading reading) {
    this.resource = resource;
    this.reading = reading;
  }

  Optional<Access> read() {
    Optional<Yaml.Group> group = resource.get(Keys.ACCESS);
    if (group.isEmpty()) {
      // what is wrong is reported; until it is right, nobody gets in
      return resource.isWrong(Keys.ACCESS) ? Optional.of(Access.none()) : Optional.empty();
    }
    Fields fields = new Fields(group.get(), Keys.OF_ACCESS, "access", reading);
    Map<String, Set<Operation>> roles = roles(fields, group.get().at());
    Map<FieldPath, Access.FieldAccess> restricted = new LinkedHashMap<>();
    for (Yaml.Entry entry : entries(fields, Keys.ACCESS_FIELDS)) {
      RelationReader.path(Keys.ACCESS_FIELDS, entry.key(), entry.at(), reading)
          .ifPresent(path -> field(path, entry).ifPresent(its -> restricted.put(path, its)));
    }
    Optional<Yaml.Group> rules = fields.get(Keys.RULES);
    Optional<Fields> its = rules.map(texts -> new Fields(texts, Keys.OF_RULES, "rules", reading));
    return Optional.of(
        new Access(
            roles,
            restricted,
            owner(fields),
            its.flatMap(texts -> rule(texts, Keys.READ_RULE)),
            its.flatMap(texts -> rule(texts, Keys.WRITE_RULE))));
  }

  /** Reports what no role can be called. */
  static void checkRole(String role, Position at, Reading reading) {
    if (!Keys.ROLE_NAME.allows(role)) {
      reading.report(at, Names.quoted(role) + " is not a role's name: " + Keys.ROLE_NAME.words());
    }
  }

  private static Optional<Access.Rule> rule(Fields texts, Key.Text key) {
    return texts.get(key).map(text -> new Access.Rule(text, texts.at(key, new Position(1, 1))));
  }

  private static List<Yaml.Entry> entries(Fields fields, Key.Group key) {
    return fields.get(key).map(Yaml.Group::entries).orElse(List.of());
  }

  private Map<String, Set<Operation>> roles(Fields fields, Position at) {
    Map<String, Set<Operation>> roles = new LinkedHashMap<>();
    List<Yaml.Entry> entries = entries(fields, Keys.ROLES);
    if (entries.isEmpty() && !fields.isWrong(Keys.ROLES)) {
      reading.report(
          fields.at(Keys.ROLES, at),
          "\"access\" needs \"roles\", which say who may do what, such as reader: [list, get]");
    }
    for (Yaml.Entry entry : entries) {
      checkRole(entry.key(), entry.at(), reading);
      Key.Operations operations = new Key.Operations(entry.key(), "");
      Set<Operation> read =
          entry.value() instanceof Yaml.Broken
              ? EnumSet.noneOf(Operation.class)
              : operations.read(entry.value(), reading).orElse(Set.of());
      roles.put(entry.key(), read);
    }
    return roles;
  }

  private Optional<Access.FieldAccess> field(FieldPath path, Yaml.Entry entry) {
    if (!(entry.value() instanceof Yaml.Group group)) {
      if (!(entry.value() instanceof Yaml.Broken)) {
        reading.report(
            entry.at(),
            "field "
                + Names.quoted(path.toString())
                + " should be a group with read: or write: in it, each a list of roles");
      }
      return Optional.empty();
    }
    Fields keys = new Fields(group, Keys.OF_FIELD_ACCESS, "a field's access", reading);
    return Optional.of(
        new Access.FieldAccess(
            keys.get(Keys.READERS).map(Set::copyOf), keys.get(Keys.WRITERS).map(Set::copyOf)));
  }

  private Optional<Access.Ownership> owner(Fields fields) {
    Optional<Yaml.Group> group = fields.get(Keys.OWNER);
    if (group.isEmpty()) {
      return Optional.empty();
    }
    Fields keys = new Fields(group.get(), Keys.OF_OWNER, "owner", reading);
    String field = keys.get(Keys.OWNER_FIELD).orElse("owner");
    if (field.contains(".")) {
      reading.report(
          keys.at(Keys.OWNER_FIELD, group.get().at()),
          "\"field\" of \"owner\" should be a member of the item itself, not of an object in it");
    }
    return Optional.of(
        new Access.Ownership(
            new FieldPath(List.of(field)),
            keys.get(Keys.CLAIM).orElse("sub"),
            keys.get(Keys.EXCEPT).orElse(List.of())));
  }
}

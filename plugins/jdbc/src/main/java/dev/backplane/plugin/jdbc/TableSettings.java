package dev.backplane.plugin.jdbc;

import dev.backplane.spi.SettingException;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the mapping says of a resource's table. Names are looked for as they are, then in the case
 * to which the database turns names without quotes.
 *
 * @param resource the resource's name, for the log
 * @param idField the member that holds the id
 * @param schema where the table is; empty: where the connection looks
 * @param name of the table or view
 * @param readOnly whether it is only read, as a view is
 * @param key the columns of the key; none: the primary key
 * @param version a column that each write changes; empty: the content is the version
 * @param rest a column that holds the members without a column of their own
 * @param json columns of texts that are JSON
 * @param members other names for columns, by the name that clients see
 */
record TableSettings(
    String resource,
    String idField,
    Optional<String> schema,
    String name,
    boolean readOnly,
    List<String> key,
    Optional<String> version,
    Optional<String> rest,
    List<String> json,
    Map<String, String> members) {

  static TableSettings read(StoreContext context) {
    Settings settings = context.settings();
    Optional<String> table = settings.optionalString("table");
    Optional<String> view = settings.optionalString("view");
    if (table.isPresent() && view.isPresent()) {
      throw settings.wrong("view", "stands beside table: name one of the two");
    }
    String whole = view.or(() -> table).orElse(context.resource());
    int dot = whole.indexOf('.');
    return new TableSettings(
        context.resource(),
        context.idField(),
        dot < 0 ? Optional.empty() : Optional.of(whole.substring(0, dot)),
        whole.substring(dot + 1),
        view.isPresent(),
        key(settings),
        settings.optionalString("version"),
        settings.optionalString("rest"),
        settings.strings("json"),
        members(settings));
  }

  /** One column, or a list of them. */
  private static List<String> key(Settings settings) {
    try {
      return settings.optionalString("key").map(List::of).orElse(List.of());
    } catch (SettingException notOne) {
      List<String> names = settings.strings("key");
      if (names.isEmpty()) {
        throw settings.wrong("key", "should be a column or a list of columns");
      }
      return names;
    }
  }

  private static Map<String, String> members(Settings settings) {
    Map<String, String> members = new LinkedHashMap<>();
    settings
        .section("columns")
        .ifPresent(
            section -> section.keys().forEach(name -> members.put(name, section.string(name))));
    return members;
  }
}

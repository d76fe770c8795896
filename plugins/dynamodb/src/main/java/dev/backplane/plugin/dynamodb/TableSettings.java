package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a table holds a resource.
 *
 * @param table the table's name
 * @param keys its key
 * @param showsKeys whether the attributes of the key are fields besides the id
 * @param version the attribute that every write of ours changes
 * @param idField the member of a body that holds the id
 * @param consistent whether reads see every write that was acknowledged
 * @param shared whether programs that know nothing of the version attribute write to it, too
 * @param scans how it may be read whole
 * @param indexes how else it can be read
 * @param fields what the store does about everyday fields
 */
record TableSettings(
    String table,
    KeySchema keys,
    boolean showsKeys,
    String version,
    String idField,
    boolean consistent,
    boolean shared,
    Scans scans,
    IndexSettings indexes,
    EverydayFields fields) {
  private static final Pattern TABLE =
      Pattern.compile("[a-zA-Z0-9_.-]{3,255}|arn:[a-z-]+:dynamodb:[a-zA-Z0-9_.:/-]{3,1000}");

  /**
   * How a table may be read whole.
   *
   * @param allowed whether it may be
   * @param segments how many parts of it are read at the same time
   */
  record Scans(boolean allowed, int segments) {
    private static Scans read(Settings settings) {
      return new Scans(
          settings.bool("allow-scan", true), (int) settings.integer("scan-segments", 1, 1, 16));
    }
  }

  static TableSettings read(StoreContext context) {
    Settings settings = context.settings();
    KeySchema keys = readKeys(context);
    String version = settings.optionalString("version").orElse("_version");
    if (keys.has(version) || version.equals(context.idField())) {
      throw settings.wrong("version", "should be an attribute of its own, not that of the id");
    }
    String table = settings.optionalString("table").orElse(context.resource());
    if (!TABLE.matcher(table).matches()) {
      throw settings.wrong(
          "table",
          "should be the name of a table, which has 3 to 255 letters, digits, '_', '-' or '.', or"
              + " its ARN");
    }
    boolean composite = keys.sort().isPresent();
    boolean shows = settings.bool("show-keys", composite);
    if (shows && !composite) {
      throw settings.wrong("show-keys", "is for tables with a sort-key: the id is the key here");
    }
    IndexSettings indexes = IndexSettings.read(settings, keys);
    return new TableSettings(
        table,
        keys,
        shows,
        version,
        context.idField(),
        settings.bool("consistent", true),
        settings.bool("shared", true),
        Scans.read(settings),
        indexes,
        EverydayFields.read(context, keys, version, indexes));
  }

  private static KeySchema readKeys(StoreContext context) {
    Settings settings = context.settings();
    String name = settings.optionalString("key").orElse(context.idField());
    KeyType type = settings.choice("key-type", KeyType.STRING);
    Optional<KeyAttribute> sort = KeyAttribute.readSort(settings);
    if (sort.isPresent() && sort.get().name().equals(name)) {
      throw settings.wrong("sort-key", "should be another attribute than the key");
    }
    return new KeySchema(KeyAttribute.partition(name, type), sort);
  }

  /** Whether an attribute is in every item and in no body: the gateway's own, or a hidden key. */
  boolean isHidden(String attribute) {
    return attribute.equals(version) || (!showsKeys && keys.has(attribute));
  }
}

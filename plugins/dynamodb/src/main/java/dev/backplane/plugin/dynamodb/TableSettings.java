package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import java.util.regex.Pattern;

/**
 * How a table holds a resource.
 *
 * @param table the table's name
 * @param key the attribute that is the partition key
 * @param keyType its type
 * @param version the attribute that every write of ours changes
 * @param idField the member of a body that holds the id; the key attribute is not shown besides
 * @param consistent whether reads see every write that was acknowledged
 */
record TableSettings(
    String table, String key, KeyType keyType, String version, String idField, boolean consistent) {
  private static final Pattern TABLE =
      Pattern.compile("[a-zA-Z0-9_.-]{3,255}|arn:[a-z-]+:dynamodb:[a-zA-Z0-9_.:/-]{3,1000}");

  static TableSettings read(StoreContext context) {
    Settings settings = context.settings();
    String key = settings.optionalString("key").orElse(context.idField());
    String version = settings.optionalString("version").orElse("_version");
    if (version.equals(key) || version.equals(context.idField())) {
      throw settings.wrong("version", "should be an attribute of its own, not that of the id");
    }
    String table = settings.optionalString("table").orElse(context.resource());
    if (!TABLE.matcher(table).matches()) {
      throw settings.wrong(
          "table",
          "should be the name of a table, which has 3 to 255 letters, digits, '_', '-' or '.', or"
              + " its ARN");
    }
    return new TableSettings(
        table,
        key,
        settings.choice("key-type", KeyType.STRING),
        version,
        context.idField(),
        settings.bool("consistent", true));
  }
}

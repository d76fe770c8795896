package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;

/**
 * What the store does about fields that many tables have.
 *
 * @param timestamps the times of creation and of the last write
 * @param ids the ids of new items
 * @param expiry when items end
 */
record EverydayFields(Timestamps timestamps, IdChoice ids, Expiry expiry) {
  /**
   * Reads the settings.
   *
   * @param context the resource
   * @param keys the table's key
   * @param version the version attribute
   * @param indexes the indexes, whose keys the fields may be
   */
  static EverydayFields read(
      StoreContext context, KeySchema keys, String version, IndexSettings indexes) {
    Settings settings = context.settings();
    Timestamps timestamps = Timestamps.read(settings);
    timestamps.created().ifPresent(name -> requireOwn("created", name, context, keys, version));
    timestamps.updated().ifPresent(name -> requireOwn("updated", name, context, keys, version));
    Expiry expiry = Expiry.read(settings);
    expiry
        .attribute()
        .ifPresent(name -> {
          requireOwn("ttl", name, context, keys, version);
          indexes.requireType(settings, "ttl", name, KeyType.NUMBER);
          if (timestamps.has(name)) {
            throw settings.wrong("ttl", "should be another attribute than created and updated");
          }
        });
    timestamps
        .attributes()
        .forEach(name -> indexes.requireType(settings, "timestamps", name, timestamps.type()));
    return new EverydayFields(timestamps, IdChoice.read(settings, keys), expiry);
  }

  private static void requireOwn(
      String setting, String name, StoreContext context, KeySchema keys, String version) {
    if (keys.has(name) || name.equals(version) || name.equals(context.idField())) {
      throw context
          .settings()
          .wrong(setting, "should be an attribute of its own, not the key, the id or the version");
    }
  }
}

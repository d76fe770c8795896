package dev.backplane.plugin.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import java.util.Optional;

/**
 * Where items are in the backend's bodies.
 *
 * @param idField the member that holds the id
 * @param itemsIn where the array of a list is; empty: the body is the array
 * @param itemIn where an item is, also in what is sent; empty: the body is the item
 * @param byTag whether the version is the backend's ETag, instead of a hash of the content
 * @param wholeInLists whether a list shows all of its items
 */
record Shape(
    String idField,
    Optional<FieldPath> itemsIn,
    Optional<FieldPath> itemIn,
    boolean byTag,
    boolean wholeInLists) {
  /** What the version of an item is. */
  enum Versions {
    CONTENT,
    ETAG
  }

  /** How much of its items a list shows. */
  enum ListShows {
    ITEMS,
    PARTS
  }

  static Shape read(StoreContext context) {
    Settings settings = context.settings();
    boolean byTag = settings.choice("versions", Versions.CONTENT) == Versions.ETAG;
    boolean parts = settings.choice("list-shows", ListShows.ITEMS) == ListShows.PARTS;
    return new Shape(
        context.idField(),
        path(settings, "items-in"),
        path(settings, "item-in"),
        byTag,
        !parts && !byTag); // lists carry no tags
  }

  static Optional<FieldPath> path(Settings settings, String key) {
    return settings
        .optionalString(key)
        .map(text -> {
          try {
            return FieldPath.parse(text);
          } catch (IllegalArgumentException malformed) {
            throw settings.wrong(key, "should be a dotted path such as data.items");
          }
        });
  }
}

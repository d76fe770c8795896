package dev.backplane.plugin.http;

import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where the list and the items of a resource are: paths with a query perhaps, which begin with that
 * of the {@link BaseUrl}.
 *
 * @param list the path of the list
 * @param before what stands before the id in an item's path
 * @param after what stands behind it
 * @param encodesPaths whether ids such as {@code ../a} are sent, encoded, instead of refused
 */
record Paths(String list, String before, String after, boolean encodesPaths) {
  private static final String ID = "{id}";

  /** What becomes of an id that reads like a path to somewhere else. */
  enum PathsAsIds {
    REFUSED,
    ENCODED
  }

  static Paths read(BaseUrl base, Settings settings) {
    String list = settings.optionalString("list").orElse("");
    String plain = list.replaceFirst("\\?.*$", "");
    String item = settings.optionalString("item").orElse(plain + "/" + ID);
    int at = item.indexOf(ID);
    if (at < 0 || item.indexOf(ID, at + 1) >= 0) {
      throw settings.wrong("item", "should have {id} once, such as /people/{id}");
    }
    String before = item.substring(0, at);
    String after = item.substring(at + ID.length());
    check(settings, "list", list);
    check(settings, "item", before + "x" + after);
    String whole = base.path() + list;
    PathsAsIds odd = settings.choice("paths-as-ids", PathsAsIds.REFUSED);
    return new Paths(
        whole.startsWith("/") ? whole : "/" + whole,
        base.path() + before,
        after,
        odd == PathsAsIds.ENCODED);
  }

  private static void check(Settings settings, String key, String path) {
    boolean begins = path.isEmpty() || path.startsWith("/") || path.startsWith("?");
    if (!begins || !isPath(path)) {
      throw settings.wrong(
          key,
          "should be a path below url that begins with / and is encoded as in a URL, without"
              + " empty, . and .. segments");
    }
  }

  private static boolean isPath(String path) {
    try {
      URI uri = new URI("http://host" + path);
      String raw = uri.getRawPath();
      return "host".equals(uri.getRawAuthority())
          && uri.getRawFragment() == null
          && !raw.contains("//")
          && !PercentCode.climbs(raw);
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  /**
   * The path of an item.
   *
   * @throws StoreException with {@link Reason#INVALID} for an id that a server might take for
   *     another path
   */
  String item(String id) {
    if (id.chars().anyMatch(Character::isISOControl)) {
      throw new StoreException(
          Reason.INVALID, "An id with control characters cannot be part of a URL.");
    }
    boolean step = id.equals(".") || id.equals(".."); // which no encoding hides
    if (step || (!encodesPaths && PercentCode.climbs(id))) {
      throw new StoreException(
          Reason.INVALID, "An id with . or .. between slashes cannot be part of a URL.");
    }
    return before + PercentCode.encode(id) + after;
  }

  /** The id of the item at this path; empty when it is not an item's. */
  Optional<String> id(String target) {
    int end = target.length() - after.length();
    if (!target.startsWith(before) || !target.endsWith(after) || end <= before.length()) {
      return Optional.empty();
    }
    String encoded = target.substring(before.length(), end);
    return encoded.indexOf('/') < 0 && encoded.indexOf('?') < 0
        ? Optional.of(PercentCode.decode(encoded))
        : Optional.empty();
  }
}

package dev.backplane.spi;

import java.util.Objects;

/**
 * One item of a resource as a store holds it.
 *
 * @param id the id as text, as it stands (decoded) in a path; never empty
 * @param version names this state of the item: differs whenever the body does. It becomes the
 *     strong {@code ETag} (RFC 9110, section 8.8.3), so it is 1 to 200 visible ASCII characters
 *     without a double quote
 * @param body what was stored. Where it has the resource's id field, that member's text is {@code
 *     id}; where it has not, the gateway adds it for the client
 */
public record Item(String id, String version, JsonObject body) {
  /** Checks the id and the version. */
  public Item {
    Objects.requireNonNull(body, "body");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("the id of an item is empty");
    }
    if (!isEntityTag(version)) {
      throw new IllegalArgumentException(
          "the version of an item is not 1 to 200 visible ASCII characters without a quote");
    }
  }

  private static boolean isEntityTag(String version) {
    if (version.isEmpty() || version.length() > 200) {
      return false;
    }
    for (int i = 0; i < version.length(); i++) {
      char c = version.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '"') {
        return false;
      }
    }
    return true;
  }
}

package dev.backplane.plugin.s3;

import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which objects of which bucket are the items of a resource.
 *
 * @param bucket the bucket, or an alias of an access point
 * @param prefix what stands before the id in a key
 * @param suffix what stands behind it
 * @param idField the resource's id field
 * @param maxItemSize the most bytes of an object
 */
record BucketSettings(
    String bucket, String prefix, String suffix, String idField, int maxItemSize) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KB|MB)?");
  private static final int MOST_AROUND = 512; // leaves as many bytes of a key for the id
  private static final long MOST_SIZE = 64L << 20;

  static BucketSettings read(StoreContext context) {
    Settings settings = context.settings();
    String bucket = settings.string("bucket");
    if (!BUCKET.matcher(bucket).matches()) {
      throw settings.wrong(
          "bucket", "should be the name of a bucket: 3 to 63 lower-case letters, digits, - and .");
    }
    String prefix = prefix(settings, context.resource());
    String suffix = suffix(settings);
    if (bytes(prefix) + bytes(suffix) > MOST_AROUND) {
      throw settings.wrong("prefix", "and suffix should have no more than 512 bytes together");
    }
    return new BucketSettings(
        bucket, prefix, suffix, context.idField(), size(settings, "max-item-size", "1MB"));
  }

  private static String prefix(Settings settings, String resource) {
    String text = settings.optionalString("prefix").orElse(resource + "/");
    if (text.equals("/")) {
      return ""; // a blank setting counts as left out
    }
    if (text.startsWith("/") || !isPlain(text)) {
      throw settings.wrong(
          "prefix",
          "should be the beginning of a key, such as users/, or / alone for the bucket's root");
    }
    return text;
  }

  private static String suffix(Settings settings) {
    String text = settings.optionalString("suffix").orElse(".json");
    if (text.equals("none")) {
      return "";
    }
    if (!text.startsWith(".") || text.contains("/") || !isPlain(text)) {
      throw settings.wrong("suffix", "should be the end of a key, such as .json, or none");
    }
    return text;
  }

  /** Without what the service cannot say in the XML of a listing. */
  private static boolean isPlain(String text) {
    return text.codePoints()
        .noneMatch(point -> Character.isISOControl(point) || ObjectKeys.isForbidden(point));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int size(Settings settings, String key, String fallback) {
    Optional<String> text = settings.optionalString(key);
    Matcher size = SIZE.matcher(text.orElse(fallback));
    if (size.matches()) {
      int shift = "MB".equals(size.group(2)) ? 20 : "KB".equals(size.group(2)) ? 10 : 0;
      long bytes = Long.parseLong(size.group(1)) << shift;
      if (bytes >= 1 && bytes <= MOST_SIZE) {
        return (int) bytes;
      }
    }
    throw settings.wrong(
        key, "should be a number of bytes, or a number with KB or MB, and at most 64MB");
  }
}

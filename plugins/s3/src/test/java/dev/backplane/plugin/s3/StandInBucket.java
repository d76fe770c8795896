package dev.backplane.plugin.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** One bucket of {@link StandIn}; a request at a time. */
final class StandInBucket {
  private record Stored(String tag, String write, byte[] body) {}

  private static final String WRITE = "x-amz-meta-" + ObjectReader.WRITE;

  /** In the order of the bytes of the keys. */
  private final Map<byte[], Stored> objects = new TreeMap<>(Arrays::compareUnsigned);

  synchronized Reply get(String key) {
    Stored stored = objects.get(bytes(key));
    return stored == null
        ? Reply.error(404, "NoSuchKey")
        : new Reply(200, Map.of("ETag", stored.tag(), WRITE, stored.write()), stored.body());
  }

  synchronized Reply put(String key, byte[] body, StandIn.Headers headers) {
    Stored before = objects.get(bytes(key));
    String match = headers.get("If-Match");
    if (before == null && !match.isEmpty()) {
      return Reply.error(404, "NoSuchKey");
    }
    if (before != null && headers.get("If-None-Match").equals("*")
        || before != null && !match.isEmpty() && !match.equals(before.tag())) {
      return Reply.error(412, "PreconditionFailed");
    }
    Stored stored = new Stored(tag(body), headers.get(WRITE), body);
    objects.put(bytes(key), stored);
    return new Reply(200, Map.of("ETag", stored.tag()), new byte[0]);
  }

  synchronized Reply delete(String key, String match) {
    Stored before = objects.get(bytes(key));
    if (!match.isEmpty() && (before == null || !match.equals(before.tag()))) {
      return Reply.error(412, "PreconditionFailed");
    }
    objects.remove(bytes(key));
    return Reply.of(204);
  }

  synchronized Reply list(Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String delimiter = query.getOrDefault("delimiter", "");
    int most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
    String token = query.getOrDefault("continuation-token", "");
    byte[] after =
        token.isEmpty()
            ? bytes(query.getOrDefault("start-after", ""))
            : Base64.getUrlDecoder().decode(token);
    StringBuilder xml = new StringBuilder();
    TreeSet<String> deeper = new TreeSet<>();
    byte[] last = after;
    int count = 0;
    boolean truncated = false;
    for (Map.Entry<byte[], Stored> each : objects.entrySet()) {
      String key = new String(each.getKey(), StandardCharsets.UTF_8);
      if (!key.startsWith(prefix) || Arrays.compareUnsigned(each.getKey(), after) <= 0) {
        continue;
      }
      int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      boolean known = end >= 0 && deeper.contains(key.substring(0, end + 1));
      if (!known && count == most) {
        truncated = true;
        break;
      }
      last = each.getKey();
      if (known) {
        continue;
      }
      count++;
      if (end >= 0) {
        deeper.add(key.substring(0, end + 1));
        continue;
      }
      xml.append(
          "<Contents><Key>%s</Key><Size>%d</Size></Contents>"
              .formatted(escaped(key), each.getValue().body().length));
    }
    deeper.forEach(each ->
        xml.append(
            "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>".formatted(escaped(each))));
    if (truncated) {
      xml.append(
          "<NextContinuationToken>%s</NextContinuationToken>"
              .formatted(Base64.getUrlEncoder().encodeToString(last)));
    }
    String whole =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><IsTruncated>%s</IsTruncated>%s</ListBucketResult>"
            .formatted(truncated, xml);
    return new Reply(200, Map.of("Content-Type", "application/xml"), bytes(whole));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String tag(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(body);
      return '"' + HexFormat.of().formatHex(hash) + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package dev.backplane.server;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The entity tags of compressed answers. A strong tag names bytes, so a compressed answer needs
 * another one than the plain one (RFC 9110, section 8.8.3): {@code "7"} becomes {@code "7--gzip"},
 * and a client that sends it back is understood.
 */
final class CompressedTags {
  private static final String SUFFIX = "--gzip\"";

  private CompressedTags() {}

  /** Changes the tag of an answer that is about to be compressed. */
  static void add(HttpFields.Mutable headers) {
    @Nullable String tag = headers.get(HttpHeader.ETAG);
    if (tag != null && tag.startsWith("\"")) {
      headers.put(HttpHeader.ETAG, compressed(tag));
    }
  }

  /** A 304 has the tag of what the client keeps, which may be the compressed answer. */
  static void repeat(Request request, HttpFields.Mutable headers) {
    @Nullable String tag = headers.get(HttpHeader.ETAG);
    if (tag == null || !Compression.isAccepted(request)) {
      return;
    }
    String compressed = compressed(tag);
    for (String known : request.getHeaders().getValuesList(HttpHeader.IF_NONE_MATCH)) {
      if (known.contains(compressed)) {
        headers.put(HttpHeader.ETAG, compressed);
      }
    }
  }

  private static String compressed(String tag) {
    return tag.substring(0, tag.length() - 1) + SUFFIX;
  }

  /** A read with the tags that the gateway gave; the same request where it has no others. */
  static Request removedFrom(Request request) {
    HttpFields headers = request.getHeaders();
    // A cache that keeps only the compressed answer must not give it to a client that takes none.
    // A write needs no help: to the gateway, both tags name the same state of an item.
    if (!List.of("GET", "HEAD").contains(request.getMethod())
        || !namesCompressed(headers)
        || !Compression.isAccepted(request)) {
      return request;
    }
    HttpFields.Mutable plain = HttpFields.build();
    for (HttpField field : headers) {
      plain.add(
          field.getHeader() == HttpHeader.IF_NONE_MATCH
              ? new HttpField(field.getHeader(), field.getValue().replace(SUFFIX, "\""))
              : field);
    }
    HttpFields changed = plain.asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return changed;
      }
    };
  }

  private static boolean namesCompressed(HttpFields headers) {
    return headers.contains(HttpHeader.IF_NONE_MATCH)
        && headers.getValuesList(HttpHeader.IF_NONE_MATCH).stream()
            .anyMatch(value -> value.contains(SUFFIX));
  }
}

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
 * and is {@code "7"} again when a client sends it back, before the gateway compares.
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

  /** A request with the tags that the gateway gave; the same one where it has no others. */
  static Request removedFrom(Request request) {
    HttpFields headers = request.getHeaders();
    if (!names(headers, HttpHeader.IF_MATCH) && !names(headers, HttpHeader.IF_NONE_MATCH)) {
      return request;
    }
    boolean reads = List.of("GET", "HEAD").contains(request.getMethod());
    // A cache that keeps only the compressed answer must not give it to a client that takes none.
    boolean either = !reads || Compression.isAccepted(request);
    HttpFields.Mutable plain = HttpFields.build();
    for (HttpField field : headers) {
      boolean changes =
          field.getHeader() == HttpHeader.IF_MATCH
              || (field.getHeader() == HttpHeader.IF_NONE_MATCH && either);
      plain.add(
          changes
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

  private static boolean names(HttpFields headers, HttpHeader header) {
    return headers.contains(header)
        && headers.getValuesList(header).stream().anyMatch(value -> value.contains(SUFFIX));
  }
}

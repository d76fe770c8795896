package dev.backplane.core.http;

import java.util.List;

/** The headers of an answer that a web page of another origin may read. */
final class ExposedHeaders {
  static final List<String> NAMES =
      List.of(
          "X-Total-Count",
          "Content-Range",
          "Link",
          "ETag",
          "Location",
          "X-Request-Id",
          "Preference-Applied",
          Plan.HEADER,
          "Retry-After",
          "RateLimit",
          "RateLimit-Policy",
          "Accept-Patch",
          "Allow");

  /** As {@code Access-Control-Expose-Headers} takes them. */
  static final String VALUE = String.join(", ", NAMES);

  private ExposedHeaders() {}
}

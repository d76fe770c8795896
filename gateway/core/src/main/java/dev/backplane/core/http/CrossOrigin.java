package dev.backplane.core.http;

import dev.backplane.core.mapping.Cors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells browsers which pages of other origins may read an answer (the Fetch standard's CORS
 * protocol). It keeps nobody out who is no browser, so a request from an origin that is not allowed
 * is answered like any other, only without the headers. Safe for use by many threads.
 */
public final class CrossOrigin {
  private static final String ANY = "*";
  private static final int MOST_HEADERS = 100;
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  private final Optional<Cors> cors;

  CrossOrigin(Optional<Cors> cors) {
    this.cors = cors;
  }

  /**
   * The headers of every answer, problems included.
   *
   * @param origin the request's {@code Origin}; empty when it has none, or cannot be read
   * @return the headers; none when the mapping lists no origins
   */
  public Map<String, String> headers(Optional<String> origin) {
    if (cors.isEmpty()) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Vary", "Origin");
    if (origin.isPresent() && isAllowed(cors.get(), origin.get())) {
      boolean any = cors.get().origins().contains(ANY);
      headers.put("Access-Control-Allow-Origin", any ? ANY : origin.get());
      headers.put("Access-Control-Expose-Headers", ExposedHeaders.VALUE);
      if (cors.get().credentials()) {
        headers.put("Access-Control-Allow-Credentials", "true");
      }
    }
    return headers;
  }

  /** Adds the headers of every answer. */
  void tell(Exchange exchange) {
    if (cors.isPresent()) {
      headers(exchange.list("Origin")).forEach(exchange::addHeader);
    }
  }

  /**
   * Adds to the answer of OPTIONS what a browser asks before it sends the request itself: the
   * methods that {@code Allow} names already.
   */
  void preflight(Exchange exchange) {
    if (cors.isEmpty() || !exchange.method().equals("OPTIONS")) {
      return;
    }
    exchange.vary("Access-Control-Request-Method", "Access-Control-Request-Headers");
    Optional<String> origin = exchange.list("Origin").filter(text -> isAllowed(cors.get(), text));
    if (origin.isEmpty() || exchange.header("Access-Control-Request-Method").isEmpty()) {
      return;
    }
    exchange
        .answered("Allow")
        .ifPresent(methods -> exchange.setHeader("Access-Control-Allow-Methods", methods));
    List<String> headers = names(exchange.list("Access-Control-Request-Headers").orElse(""));
    if (!headers.isEmpty()) {
      exchange.setHeader("Access-Control-Allow-Headers", String.join(", ", headers));
    }
    exchange.setHeader("Access-Control-Max-Age", Long.toString(cors.get().maxAge().toSeconds()));
  }

  /**
   * The headers that the browser asked for, whatever they are: the gateway has none that is
   * dangerous to let in, and proxies before it have names of their own. A list of the gateway's
   * would only break pages that send another one, such as {@code X-Requested-With}.
   */
  private static List<String> names(String asked) {
    List<String> names = new ArrayList<>();
    for (String name : asked.split(",", MOST_HEADERS + 1)) {
      if (TOKEN.matcher(name.strip()).matches()) {
        names.add(name.strip());
      }
    }
    return names;
  }

  /** {@code null} stands for every sandboxed page and local file at once, so it is nobody. */
  private static boolean isAllowed(Cors cors, String origin) {
    return !origin.equals("null")
        && (cors.origins().contains(ANY) || cors.origins().contains(origin));
  }
}

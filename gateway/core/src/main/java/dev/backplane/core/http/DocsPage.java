package dev.backplane.core.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The page that shows the OpenAPI document: Swagger UI, and a few lines that start it. Its files
 * are read when somebody asks for them first, and kept. Safe for use by many threads.
 */
final class DocsPage {
  private static final String SCRIPT = "text/javascript;charset=utf-8";
  private static final String STYLE = "text/css;charset=utf-8";

  /** What the page consists of, and nothing else of what lies beside it. */
  private static final Map<String, String> TYPES =
      Map.of(
          "docs.css", STYLE,
          "docs.js", SCRIPT,
          "swagger-ui.css", STYLE,
          "swagger-ui-bundle.js", SCRIPT);

  /** Scripts and styles from here alone; pictures also from within the styles. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> OF_PAGE =
      Map.of(
          "Cache-Control", "no-cache",
          "Content-Security-Policy", POLICY,
          "Referrer-Policy", "no-referrer");
  private static final Map<String, String> OF_FILE = Map.of("Cache-Control", "max-age=3600");

  private final Map<String, Content> read = new ConcurrentHashMap<>();

  /** The page; its links differ with a slash at the end of its own path, as browsers do. */
  Content page(boolean slash) {
    return read.computeIfAbsent(
        slash ? "/" : "",
        none -> {
          String page = new String(bytes("index.html"), StandardCharsets.UTF_8);
          String here = page.replace("${here}", slash ? "" : "docs/");
          byte[] html = here.getBytes(StandardCharsets.UTF_8);
          return new Content("text/html;charset=utf-8", html, OF_PAGE);
        });
  }

  /** One of the files that the page needs, below the page; empty when there is no such file. */
  Optional<Content> file(List<String> path) {
    if (path.size() != 2 || !path.get(0).equals("docs")) {
      return Optional.empty();
    }
    String name = path.get(1);
    return Optional.ofNullable(TYPES.get(name))
        .map(type -> read.computeIfAbsent(name, none -> new Content(type, bytes(name), OF_FILE)));
  }

  private static byte[] bytes(String file) {
    try (InputStream in = DocsPage.class.getResourceAsStream("docs/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no docs/" + file);
      }
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException("the jar cannot be read", broken);
    }
  }
}

package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI document, and the page that shows it. */
interface DocumentRules extends HttpRules {
  String DOCUMENT = "/openapi.json";

  @Test
  default void document_isOpenApi_andSaysWhereTheGatewayIs() {
    Answer document = get(200, DOCUMENT);
    assertThat(document.need("Content-Type")).startsWith("application/json");
    assertThat(document.member("openapi").text())
        .hasValueSatisfying(version -> assertThat(version).startsWith("3.1."));
    // every link of a list begins with what stands before the gateway's own paths
    createMany(6);
    String next = get(200, THINGS).link("next").orElseThrow();
    String prefix = next.substring(0, next.indexOf(THINGS));
    JsonArray servers = (JsonArray) document.member("servers");
    assertThat(((JsonObject) servers.elements().get(0)).get("url").flatMap(JsonValue::text))
        .hasValue(prefix.isEmpty() ? "/" : prefix);
  }

  @Test
  default void document_namesEveryMethodThatIsPossible_andNoOther() {
    JsonObject paths = (JsonObject) get(200, DOCUMENT).member("paths");
    assertThat(paths.members()).containsKeys(THINGS, THINGS + "/{id}", FROZEN, "/api/ping");
    assertThat(paths.members()).doesNotContainKey(CLOSED);
    paths
        .members()
        .forEach((path, operations) -> {
          Answer options = send(204, Request.of("OPTIONS", path.replace("{id}", "17")));
          Set<String> documented =
              ((JsonObject) operations)
                  .members().keySet().stream()
                      .filter(name -> !name.equals("parameters"))
                      .map(name -> name.toUpperCase(Locale.ROOT))
                      .collect(Collectors.toSet());
          assertThat(options.words("Allow")).as(path).containsAll(documented);
          if (!path.matches(".*/_(query|bulk)")) { // where there may be an item, too
            documented.addAll(Set.of("HEAD", "OPTIONS"));
            assertThat(documented).as(path).containsAll(options.words("Allow"));
          }
        });
  }

  @Test
  default void document_hasOperationIdsOfItsOwn() {
    List<String> ids = new ArrayList<>();
    ((JsonObject) get(200, DOCUMENT).member("paths"))
        .members()
        .forEach((path, operations) ->
            ((JsonObject) operations)
                .members()
                .forEach((method, operation) -> {
                  if (operation instanceof JsonObject object) {
                    ids.add(object.get("operationId").flatMap(JsonValue::text).orElseThrow());
                  }
                }));
    assertThat(ids).contains("listThings", "getThingsItem").doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {DOCUMENT, "/docs", "/docs/", "/docs/docs.js", "/docs/swagger-ui.css"})
  default void documents_haveATag_andAreSentOnceOnly(String path) {
    Answer first = get(200, path);
    assertThat(first.need("Cache-Control")).isNotBlank();
    String tag = first.need("ETag");
    send(304, Request.of("GET", path).header("If-None-Match", tag));
    send(200, Request.of("GET", path).header("If-None-Match", "\"other\""));
    assertThat(send(200, Request.of("HEAD", path)).header("ETag")).hasValue(tag);
    assertThat(send(204, Request.of("OPTIONS", path)).words("Allow"))
        .containsExactly("GET", "HEAD", "OPTIONS");
    post(405, path, "{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs/"})
  default void docs_isAPageThatLoadsNothingFromElsewhere(String path) {
    Answer page = get(200, path);
    assertThat(page.need("Content-Type")).startsWith("text/html");
    assertThat(page.need("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
        .doesNotContain("unsafe", "http", "*");
    assertThat(page.text()).doesNotContain("http:", "https:", "//", "${");
    Map<String, String> types = Map.of("js", "text/javascript", "css", "text/css");
    Matcher links = Pattern.compile("(?:src|href)=\"([^\":]+)\"").matcher(page.text());
    List<String> targets = new ArrayList<>();
    while (links.find()) {
      String target = URI.create(path).resolve(links.group(1)).toString();
      String ending = target.substring(target.lastIndexOf('.') + 1);
      assertThat(get(200, target).need("Content-Type")).startsWith(types.get(ending));
      targets.add(target);
    }
    assertThat(targets).hasSize(4).allMatch(target -> target.startsWith("/docs/"));
  }

  @Test
  default void viewer_arrivesWhole() {
    Answer viewer = get(200, "/docs/swagger-ui-bundle.js");
    assertThat(viewer.body()).hasSizeGreaterThan(1_000_000);
    assertThat(viewer.text()).contains("SwaggerUIBundle").doesNotContain("\uFFFD\uFFFD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/other.js",
        "/docs/index.html",
        "/docs/swagger-ui-bundle.js.LICENSE.txt",
        "/docs/docs.js/more",
        "/docs/docs/docs.js",
        "/docs/..%2FContent.class",
        "/openapi.json/more",
        "/openapi.yaml"
      })
  default void whatIsNoPartOfThePage_isNotFound(String path) {
    get(404, path);
  }
}

package dev.backplane.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Metrics of the built server, with traffic that touches everything, and what is made of them: the
 * dashboard, the alerts and the documentation name no metric and no label that does not exist.
 */
@Timeout(180)
class MonitoringIT {
  private static final Path DOCS = Path.of("..", "..", "docs");

  /** Those that Prometheus adds. */
  private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

  private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");
  private static final Pattern CHOICE = Pattern.compile("label_values\\((.*), (\\w+)\\)");

  private static final String MAPPING = "resources:\n  notes: memory\n  failing: failing\n";

  @TempDir private static Path directory;
  private static ServerProcess server;
  private static String text;
  private static Scraped scraped;

  @BeforeAll
  static void traffic() throws Exception {
    FailingPlugin.buildInto(directory.resolve("plugins"));
    mapping(MAPPING);
    server =
        ServerProcess.start(
            directory,
            // small, so that garbage is collected
            Map.of("BACKPLANE_JAVA_OPTIONS", "-Xmx96m -Xmn4m", "BACKPLANE_RELOAD", "100ms"),
            ServerProcess.DISTRIBUTION.resolve("bin/backplane"),
            "serve",
            "--port",
            "0",
            "--plugins",
            "plugins",
            "--management",
            "0");
    String unlisted = "private-id-7";
    send("POST", "/api/notes?token=hidden", "{\"id\":\"" + unlisted + "\",\"text\":\"hidden\"}");
    send("GET", "/api/notes/" + unlisted, "");
    send("GET", "/api/notes", "");
    send("DELETE", "/api/notes/" + unlisted, "");
    send("GET", "/api/failing/" + unlisted, "");
    send("GET", "/api/failing", "");
    send("POST", "/api/notes", "no JSON");
    send("GET", "/private-path", "");
    send("HIDDEN", "/api/notes", "");
    RawClient.exchange(server.url().getPort(), "GET / HTTP/1.1\r\nBad Header: hidden\r\n\r\n");
    mapping(MAPPING + "  more: memory\n");
    awaitMetric("backplane_reloads_total{backplane_outcome=\"succeeded\"} 1.0");
    mapping(MAPPING + "  more: no-such-service\n");
    awaitMetric("backplane_reloads_total{backplane_outcome=\"failed\"} 1.0");
    text = metrics("text/plain").body();
    scraped = Scraped.read(text);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void requests_are_measured_by_method_route_and_status() {
    String count = "http_server_request_duration_seconds_count";
    assertThat(text)
        .contains(
            count + series("GET", "200", "/api/{resource}"),
            count + series("POST", "201", "/api/{resource}"),
            count + series("DELETE", "204", "/api/{resource}/{id}"),
            count
                + "{error_type=\"502\","
                + series("GET", "502", "/api/{resource}/{id}").substring(1),
            count
                + "{http_request_method=\"GET\",http_response_status_code=\"404\",url_scheme=\"http\"}"
                + " 1",
            "http_request_method=\"_OTHER\",http_response_status_code=\"405\"",
            "http_server_active_requests{http_request_method=\"GET\",url_scheme=\"http\"} 0.0",
            "backplane_requests_refused_total{backplane_refusal=\"malformed\"} 2.0");
  }

  private static String series(String method, String status, String route) {
    return "{http_request_method=\"%s\",http_response_status_code=\"%s\",http_route=\"%s\",url_scheme=\"http\"} "
        .formatted(method, status, route);
  }

  @Test
  void calls_of_stores_are_measured_by_resource_and_outcome() {
    String count = "db_client_operation_duration_seconds_count{db_collection_name=";
    assertThat(text)
        .contains(
            count + "\"notes\",db_operation_name=\"list\",db_system_name=\"memory\"} 1",
            count
                + "\"failing\",db_operation_name=\"get\",db_system_name=\"failing\",error_type=\"unavailable\"}"
                + " 1",
            count
                + "\"failing\",db_operation_name=\"list\",db_system_name=\"failing\",error_type=\"unavailable\"}"
                + " 1",
            "backplane_store_up{db_collection_name=\"notes\",db_system_name=\"memory\"} 1.0",
            "backplane_store_up{db_collection_name=\"failing\",db_system_name=\"failing\"} 0.0",
            "backplane_reload_last_successful 0.0");
  }

  @Test
  void nothing_that_a_client_chose_is_in_a_metric() {
    assertThat(text).doesNotContainIgnoringCase("private").doesNotContainIgnoringCase("hidden");
  }

  @Test
  void open_metrics_is_written_for_whoever_takes_it() throws Exception {
    HttpResponse<String> answer = metrics("application/openmetrics-text;version=1.0.0");

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void dashboard_names_only_what_exists() throws IOException {
    Map<?, ?> dashboard = yaml("monitoring/dashboard.json");
    List<String> expressions = new ArrayList<>();
    for (Map<?, ?> panel : maps(dashboard.get("panels"))) {
      for (Map<?, ?> target : maps(panel.get("targets"))) {
        String expression = target.get("expr").toString();
        expressions.add(expression);
        assertExists(expression, shown(target.get("legendFormat").toString()));
      }
    }
    assertThat(expressions).hasSizeGreaterThan(20);
    for (Map<?, ?> variable :
        maps(((Map<?, ?>) requireNonNull(dashboard.get("templating"))).get("list"))) {
      if (variable.get("type").equals("query")) {
        Matcher choice = CHOICE.matcher(variable.get("definition").toString());
        assertThat(choice.matches()).isTrue();
        assertExists(choice.group(1), Set.of(choice.group(2)));
      }
    }
  }

  @Test
  void each_alert_names_only_what_exists_and_where_to_read_on() throws IOException {
    String operations = Files.readString(DOCS.resolve("operations.md"));
    Set<String> names = new TreeSet<>();
    for (Map<?, ?> group : maps(yaml("monitoring/alerts.yaml").get("groups"))) {
      for (Map<?, ?> alert : maps(group.get("rules"))) {
        String name = alert.get("alert").toString();
        Map<?, ?> annotations = (Map<?, ?>) requireNonNull(alert.get("annotations"));
        Set<String> told = shown(annotations.get("summary").toString());
        assertExists(alert.get("expr").toString(), told);
        assertThat(annotations.get("runbook"))
            .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
        assertThat(operations.lines()).as(name).contains("### " + name);
        assertThat(names.add(name)).as(name).isTrue();
      }
    }
    assertThat(names).hasSizeGreaterThanOrEqualTo(10);
    // none that is gone
    assertThat(operations.lines().filter(line -> line.startsWith("### Backplane")))
        .hasSize(names.size());
  }

  /** Or else the two above would hold whatever is in the files. */
  @Test
  void metric_or_label_that_does_not_exist_is_found() {
    assertThat(missing("sum(rate(no_such_metric[5m]))", Set.of()))
        .containsExactly("no_such_metric");
    assertThat(missing("sum by (no_such) (jvm_thread_count)", Set.of())).containsExactly("no_such");
    assertThat(missing("jvm_thread_count{le=\"1\"}", Set.of()))
        .containsExactly("jvm_thread_count{le}");
    assertThat(missing("jvm_thread_count", Set.of("other"))).containsExactly("other");
  }

  @Test
  void each_metric_is_documented_with_its_labels() throws IOException {
    List<String> documented =
        Files.readString(DOCS.resolve("monitoring/README.md"))
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.replaceFirst("(\\|[^|]*\\|[^|]*\\|[^|]*\\|).*", "$1"))
            .toList();
    List<String> exist = new ArrayList<>();
    scraped
        .types()
        .forEach((name, type) -> {
          String series = type.equals("histogram") ? name + "_count" : name;
          exist.add("| `%s` | %s | %s |".formatted(name, type, list(scraped.labels().get(series))));
        });
    assertThat(documented).containsExactlyInAnyOrderElementsOf(exist);
  }

  private static String list(Set<String> labels) {
    return String.join(", ", labels.stream().map(label -> "`" + label + "`").toList());
  }

  private static void assertExists(String expression, Set<String> shown) {
    assertThat(missing(expression, shown)).as(expression).isEmpty();
  }

  /** What an expression names, or what shows its result does, and no series has. */
  private static Set<String> missing(String expression, Set<String> shown) {
    PromQl named = PromQl.parse(expression);
    assertThat(named.metrics()).as(expression).isNotEmpty();
    Set<String> missing = new TreeSet<>();
    Set<String> known = new TreeSet<>(OF_PROMETHEUS);
    named
        .metrics()
        .forEach((metric, compared) -> {
          Set<String> labels = scraped.labels().get(metric);
          if (labels == null) {
            missing.add(metric);
            return;
          }
          known.addAll(labels);
          compared.stream()
              .filter(label -> !labels.contains(label) && !OF_PROMETHEUS.contains(label))
              .forEach(label -> missing.add(metric + "{" + label + "}"));
        });
    if (missing.isEmpty()) {
      missing.addAll(named.labels());
      missing.addAll(shown);
      missing.removeAll(known);
    }
    return missing;
  }

  private static Set<String> shown(String template) {
    Set<String> labels = new TreeSet<>();
    Matcher matcher = SHOWN.matcher(template);
    while (matcher.find()) {
      labels.add(matcher.group(1));
    }
    return labels;
  }

  private static Map<?, ?> yaml(String file) throws IOException {
    // JSON is YAML
    Load load = new Load(LoadSettings.builder().build());
    return (Map<?, ?>) load.loadFromString(Files.readString(DOCS.resolve(file)));
  }

  private static List<Map<?, ?>> maps(Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    ((List<?>) list).forEach(each -> maps.add((Map<?, ?>) each));
    return maps;
  }

  private static void mapping(String content) throws IOException {
    Path file = directory.resolve("mapping.yaml");
    Files.writeString(file.resolveSibling("next"), content);
    Files.move(file.resolveSibling("next"), file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void send(String method, String path, String body) throws Exception {
    ServerProcess.send(
        HttpRequest.newBuilder(server.url().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  private static HttpResponse<String> metrics(String accept) throws Exception {
    return ServerProcess.send(
        HttpRequest.newBuilder(server.management().resolve("/metrics"))
            .header("Accept", accept)
            .build());
  }

  private static void awaitMetric(String line) throws Exception {
    while (metrics("text/plain").body().lines().noneMatch(line::equals)) {
      Thread.sleep(50);
    }
  }
}

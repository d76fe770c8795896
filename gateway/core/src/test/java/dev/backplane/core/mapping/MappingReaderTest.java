package dev.backplane.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a right mapping is read as. */
class MappingReaderTest {
  @Test
  void read_whenResourceIsOneLine_fillsInTheDefaults() {
    Mapping mapping = read("resources: {mocks: memory}");

    assertThat(mapping.maxBodySize()).isEqualTo(1024 * 1024);
    assertThat(mapping.cursorSecret()).isEmpty();
    assertThat(mapping.resources())
        .containsExactly(
            new ResourceMapping(
                "mocks",
                "memory",
                JsonObject.empty(),
                Map.of("", new Position(1, 13), ":service", new Position(1, 20)),
                "id",
                Set.of(),
                Optional.empty(),
                new ResourceMapping.Lists(25, 500, 10_000, Count.EXACT),
                new ResourceMapping.Writes(Put.REPLACE, DeleteReturns.NOTHING, false, 100),
                new ResourceMapping.Bodies(
                    Optional.empty(), UnknownFields.ALLOW, List.of(), List.of()),
                Optional.empty(),
                Map.of(),
                Optional.empty()));
    assertThat(mapping.cors()).isEmpty();
    assertThat(mapping.idempotency()).isEmpty();
  }

  @Test
  void read_whenEveryKeyIsThere_readsEachOfThem() {
    Mapping mapping =
        read(
            """
            max-body-size: 512KB
            cursor-secret: 0123456789abcdef
            cors: {origins: ["https://a.example", "http://localhost:5173"], credentials: true, max-age: 1h}
            idempotency: {resource: keys, expires-after: 2h}
            services:
              main:
                service: dynamodb
                settings: {region: eu-west-1}
            resources:
              users:
                service: main
                description: People who may sign in
                id: user-id
                page-size: 10
                max-page-size: 100
                scan-limit: 5000
                count: estimated
                max-bulk-size: 7
                put: merge
                delete-returns: item
                require-match: true
                schema: user.json
                unknown-fields: strip
                read-only: [created, audit.by]
                write-only: [password]
                cache-control: max-age=60
                relations:
                  boss: {resource: users, field: boss.id}
                  team: {resource: users, foreign-field: boss.id}
                disabled: [delete, create]
                settings: {table: users}
              keys: memory
            """);

    assertThat(mapping.maxBodySize()).isEqualTo(512 * 1024);
    assertThat(mapping.cursorSecret()).contains("0123456789abcdef");
    assertThat(mapping.cors())
        .contains(
            new Cors(
                Set.of("https://a.example", "http://localhost:5173"), true, Duration.ofHours(1)));
    assertThat(mapping.idempotency()).contains(new Idempotency("keys", Duration.ofHours(2)));
    ResourceMapping users = mapping.resources().get(0);
    assertThat(users)
        .isEqualTo(
            new ResourceMapping(
                "users",
                "dynamodb",
                object("region", text("eu-west-1"), "table", text("users")),
                users.positions(),
                "user-id",
                Set.of(Operation.DELETE, Operation.CREATE),
                Optional.of("People who may sign in"),
                new ResourceMapping.Lists(10, 100, 5000, Count.ESTIMATED),
                new ResourceMapping.Writes(Put.MERGE, DeleteReturns.ITEM, true, 7),
                new ResourceMapping.Bodies(
                    Optional.of("user.json"),
                    UnknownFields.STRIP,
                    List.of(FieldPath.parse("created"), FieldPath.parse("audit.by")),
                    List.of(FieldPath.parse("password"))),
                Optional.of("max-age=60"),
                Map.of(
                    "boss", new Relation.ToOne("boss", "users", FieldPath.parse("boss.id")),
                    "team", new Relation.ToMany("team", "users", FieldPath.parse("boss.id"))),
                Optional.empty()));
    assertThat(users.relations().keySet()).containsExactly("boss", "team");
    assertThat(users.positions())
        .containsEntry("", new Position(10, 3))
        .containsEntry("region", new Position(8, 16))
        .containsEntry("table", new Position(31, 16))
        .containsEntry(":schema", new Position(22, 5))
        .containsEntry(":relations", new Position(27, 5));
  }

  @Test
  void read_whenThereAreSeveralResources_keepsTheirOrder() {
    Mapping mapping = read("resources:\n  zebra: memory\n  0-apes: memory\n");

    assertThat(mapping.resources())
        .extracting(ResourceMapping::name)
        .containsExactly("zebra", "0-apes");
  }

  @Test
  void read_whenServicesStandBelowResources_findsThem() {
    Mapping mapping =
        read("resources:\n  users: main\nservices:\n  main: {service: jdbc, settings: {a: 1}}\n");

    assertThat(mapping.resources().get(0).service()).isEqualTo("jdbc");
    assertThat(mapping.resources().get(0).settings()).isEqualTo(object("a", JsonNumber.of(1)));
  }

  @Test
  void read_whenSettingsMeet_mergesGroupsAndLetsTheResourceWin() {
    ResourceMapping users =
        read("""
        services:
          dynamodb:
            settings:
              region: eu-west-1
              retry: {attempts: 3, delay: 5s}
              proxy: {host: example}
              tags: [a, b]
        resources:
          users:
            service: dynamodb
            settings:
              retry: {attempts: 9}
              proxy: null
              tags: [c]
        """)
            .resources()
            .get(0);

    assertThat(users.settings())
        .isEqualTo(
            object(
                "region", text("eu-west-1"),
                "retry", object("attempts", JsonNumber.of(9), "delay", text("5s")),
                "proxy", JsonNull.NULL,
                "tags", JsonArray.of(text("c"))));
    assertThat(users.positions())
        .containsEntry("", new Position(9, 3))
        .containsEntry("region", new Position(4, 7))
        .containsEntry("retry", new Position(12, 7))
        .containsEntry("retry.attempts", new Position(12, 15))
        .containsEntry("retry.delay", new Position(5, 28))
        .containsEntry("tags", new Position(14, 7));
    assertThat(users.problem("retry.delay", "is short").position()).contains(new Position(5, 28));
    assertThat(users.problem("retry.nothing", "is missing").position())
        .contains(new Position(12, 7));
    assertThat(users.problem("table", "is missing").position()).contains(new Position(9, 3));
  }

  @Test
  void read_whenSettingsHaveEveryKindOfValue_keepsThemExactly() {
    String digits = "12345678901234567890123456789012345678";
    JsonObject settings =
        settings(
            "a: "
                + digits
                + ", b: -0.10, c: 1e400, d: true, e: null, f: ~, g: [1, [x], {y: 2}], h: 'true', i: \"25\"");

    assertThat(settings.members())
        .containsEntry("a", new JsonNumber(new BigDecimal(digits)))
        .containsEntry("b", new JsonNumber(new BigDecimal("-0.10")))
        .containsEntry("c", new JsonNumber(new BigDecimal("1e400")))
        .containsEntry("d", JsonBoolean.TRUE)
        .containsEntry("e", JsonNull.NULL)
        .containsEntry("f", JsonNull.NULL)
        .containsEntry(
            "g",
            JsonArray.of(JsonNumber.of(1), JsonArray.of(text("x")), object("y", JsonNumber.of(2))))
        .containsEntry("h", text("true"))
        .containsEntry("i", text("25"));
    assertThat(settings.get("b").flatMap(JsonValue::text)).contains("-0.10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "012345678901",
        "0x1F",
        "0o17",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "-",
        "--1",
        "1_000",
        "True",
        "yes",
        "on",
        "NULL",
        ".inf",
        ".nan",
        "12:30:45",
        "2001-12-14",
        "1.2.3",
        "1e99999999999",
        "١٢"
      })
  void read_whenPlainTextOnlyResemblesANumber_keepsItAsText(String plain) {
    assertThat(settings("a: " + plain)).isEqualTo(object("a", text(plain)));
  }

  @Test
  void read_whenNumberIsLongerThanAnyNumber_keepsItAsText() {
    String digits = "1".repeat(2000);

    assertThat(settings("a: " + digits)).isEqualTo(object("a", text(digits)));
  }

  @Test
  void read_whenCoreTagsAreGiven_followsThem() {
    assertThat(settings("a: !!str 25, b: ! 25, c: !!int \"25\", d: !!float 1.5, e: !!bool true"))
        .isEqualTo(
            object(
                "a", text("25"),
                "b", text("25"),
                "c", JsonNumber.of(25),
                "d", new JsonNumber(new BigDecimal("1.5")),
                "e", JsonBoolean.TRUE));
    assertThat(settings("a: !!map {b: !!seq [!!null null]}"))
        .isEqualTo(object("a", object("b", JsonArray.of(JsonNull.NULL))));
  }

  @Test
  void read_whenAliasesAreUsed_readsWhatTheyStandFor() {
    Mapping mapping =
        read(
            """
            resources:
              a: {service: memory, settings: &shared {size: &size 5, name: &name x}}
              b: {service: memory, settings: *shared}
              c: {service: memory, page-size: *size, settings: {*name : *size}}
            """);

    assertThat(mapping.resources().get(1).settings())
        .isEqualTo(mapping.resources().get(0).settings());
    assertThat(mapping.resources().get(2).lists().pageSize()).isEqualTo(5);
    assertThat(mapping.resources().get(2).settings()).isEqualTo(object("x", JsonNumber.of(5)));
  }

  @Test
  void read_whenVariablesAreUsed_replacesThemAnywhereInAValue() {
    Map<String, String> environment =
        Map.of(
            "HOST", "db.example", "PORT", "5432", "EMPTY", "", "B", "memory", "DOLLAR", "${HOST}");

    Mapping mapping =
        read(
            """
            max-body-size: ${SIZE:2MB}
            cursor-secret: ${BACKPLANE_CURSOR_SECRET:}
            resources:
              one: ${B}
              two:
                service: ${B}
                page-size: ${PAGE:7}
                max-page-size: "1${EMPTY:0}0"
                count: ${COUNT:none}
                id: ${EMPTY}
                disabled: ["${OFF:delete}", "${EMPTY}", create]
                settings:
                  url: jdbc:${HOST}:${PORT}/${NAME:main}
                  quoted: '${HOST}'
                  port: ${PORT}
                  literal: a$${HOST}b$$${c$}
                  once: ${DOLLAR}
                  default: ${NONE:http://localhost:8000}
                  empty: ${EMPTY}
                  blank-default: ${NONE:}
                  set-to-nothing: ${EMPTY:fallback}
                  list: ["${PORT}", plain]
                  lines: |
                    ${HOST}
                    ${PORT}
            """,
            environment);

    assertThat(mapping.maxBodySize()).isEqualTo(2 * 1024 * 1024);
    assertThat(mapping.cursorSecret()).isEmpty();
    assertThat(mapping.resources().get(0).service()).isEqualTo("memory");
    ResourceMapping two = mapping.resources().get(1);
    assertThat(two.service()).isEqualTo("memory");
    assertThat(two.lists().pageSize()).isEqualTo(7);
    assertThat(two.lists().maxPageSize()).isEqualTo(100);
    assertThat(two.lists().count()).isEqualTo(Count.NONE);
    assertThat(two.idField()).isEqualTo("id");
    assertThat(two.disabled()).containsExactlyInAnyOrder(Operation.DELETE, Operation.CREATE);
    assertThat(two.settings())
        .isEqualTo(
            object(
                "url", text("jdbc:db.example:5432/main"),
                "quoted", text("db.example"),
                "port", text("5432"),
                "literal", text("a${HOST}b$${c$}"),
                "once", text("${HOST}"),
                "default", text("http://localhost:8000"),
                "empty", text(""),
                "blank-default", text(""),
                "set-to-nothing", text("fallback"),
                "list", JsonArray.of(text("5432"), text("plain")),
                "lines", text("db.example\n5432\n")));
  }

  @Test
  void read_whenAnotherVariableIsInTheProcess_readsOnlyTheEnvironmentThatItWasGiven() {
    assertThat(System.getenv("PATH")).isNotBlank();

    assertThat(settings("a: \"${PATH:not given}\"")).isEqualTo(object("a", text("not given")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1024", "1KB", "6MB", "6144KB", "6291456", "65536"})
  void read_whenBodySizeIsInBounds_takesIt(String size) {
    int unit = size.endsWith("KB") ? 1024 : size.endsWith("MB") ? 1024 * 1024 : 1;

    assertThat(read("max-body-size: " + size + "\nresources: {a: b}").maxBodySize())
        .isEqualTo(Integer.parseInt(size.replaceAll("[KM]B", "")) * unit);
  }

  @Test
  void read_whenBoundIsReached_takesIt() {
    ResourceMapping users =
        read("""
        resources:
          a: {service: b, page-size: 10000, max-page-size: 10000, scan-limit: 1000000}
        """)
            .resources()
            .get(0);

    assertThat(users.lists().pageSize()).isEqualTo(10_000);
    assertThat(users.lists().maxPageSize()).isEqualTo(10_000);
    assertThat(users.lists().scanLimit()).isEqualTo(1_000_000);
  }

  @Test
  void read_whenMaxPageSizeIsUnderTheDefault_lowersThePageSize() {
    assertThat(
            read("resources: {a: {service: b, max-page-size: 10}}")
                .resources()
                .get(0)
                .lists()
                .pageSize())
        .isEqualTo(10);
  }

  @Test
  void read_whenCursorSecretHasSixteenCharacters_takesIt() {
    assertThat(read("cursor-secret: 😀234567890123456\nresources: {a: b}").cursorSecret())
        .contains("😀234567890123456");
  }

  @Test
  void read_whenLinesEndLikeOnWindowsOrTheFileHasAMark_readsTheSame() {
    String unix =
        "resources:\n  mocks: memory\n  users:\n    service: memory\n    settings: {a: b}\n";
    Mapping mapping = read(unix);

    assertThat(read(unix.replace("\n", "\r\n"))).isEqualTo(mapping);
    assertThat(read("\uFEFF" + unix)).isEqualTo(mapping);
    assertThat(read("%YAML 1.2\n---\n" + unix).resources()).hasSize(2);
    assertThat(read(unix + "...\n")).isEqualTo(mapping);
  }

  @Test
  void read_whenTextHasEveryAlphabet_countsColumnsInCharacters() {
    Mapping mapping =
        read("resources: {a: {service: b, description: ü漢😀, settings: {'😀': 漢, c: d}}}");

    assertThat(mapping.resources().get(0).description()).contains("ü漢😀");
    assertThat(mapping.resources().get(0).positions())
        .containsEntry("😀", new Position(1, 58))
        .containsEntry("c", new Position(1, 66));
  }

  @Test
  void read_whenThereAreFiveThousandResources_readsThemAll() {
    StringBuilder yaml = new StringBuilder("resources:\n");
    for (int i = 0; i < 5000; i++) {
      yaml.append("  r").append(i);
      yaml.append(": {service: memory, page-size: 10, settings: {items: file.json, size: 10}}\n");
    }

    assertThat(read(yaml.toString()).resources()).hasSize(5000);
  }

  @Test
  void toString_whenSettingsHoldSecrets_showsNone() {
    MappingReader.Result result =
        result(
            "cursor-secret: hunter2-hunter2-hunter2\n"
                + "resources: {a: {service: b, settings: {password: hunter2, c: [hunter2]}}}",
            Map.of());

    assertThat(result.problems()).isEmpty();
    assertThat(result.toString()).doesNotContain("hunter2");
    assertThat(result.mapping().resources().toString()).doesNotContain("hunter2");
  }

  private static JsonObject settings(String flow) {
    return read("resources: {a: {service: b, settings: {" + flow + "}}}")
        .resources()
        .get(0)
        .settings();
  }

  private static Mapping read(String yaml) {
    return read(yaml, Map.of());
  }

  private static Mapping read(String yaml, Map<String, String> environment) {
    MappingReader.Result result = result(yaml, environment);
    assertThat(result.problems()).isEmpty();
    return result.mapping();
  }

  private static MappingReader.Result result(String yaml, Map<String, String> environment) {
    return MappingReader.read(yaml.getBytes(StandardCharsets.UTF_8), environment);
  }

  private static JsonString text(String text) {
    return new JsonString(text);
  }

  private static JsonObject object(Object... namesAndValues) {
    JsonObject.Builder object = JsonObject.builder();
    List<Object> all = List.of(namesAndValues);
    for (int i = 0; i < all.size(); i += 2) {
      object.put((String) all.get(i), (JsonValue) all.get(i + 1));
    }
    return object.build();
  }
}

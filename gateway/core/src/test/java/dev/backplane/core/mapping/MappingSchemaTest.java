package dev.backplane.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors use agrees with the reader, judged by a validator nobody here wrote. */
class MappingSchemaTest {
  private static final Path PROJECT = Path.of("../..");
  private static final Path COMMITTED = PROJECT.resolve("docs/mapping.schema.json");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(MappingReader.schema(), InputFormat.JSON);

  @Test
  void schema_whenCompared_isTheCommittedFile() throws IOException {
    if (Boolean.getBoolean("mapping.schema.write")) {
      Files.writeString(COMMITTED, MappingReader.schema());
    }
    assertThat(Files.readString(COMMITTED))
        .as(
            "docs/mapping.schema.json is made from the code; write it anew with:"
                + " ./mvnw -pl gateway/core -am test -Dtest=MappingSchemaTest"
                + " -Dmapping.schema.write=true -Dsurefire.failIfNoSpecifiedTests=false")
        .isEqualTo(MappingReader.schema());
  }

  @Test
  void schema_whenCheckedItself_isValid() {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(MappingReader.schema(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void shippedMapping_whenChecked_isRight() throws IOException {
    byte[] shipped = Files.readAllBytes(PROJECT.resolve("mapping.yaml"));
    MappingReader.Result result = MappingReader.read(shipped, Map.of());

    assertThat(result.problems()).isEmpty();
    assertThat(result.mapping().resources())
        .extracting(ResourceMapping::name, ResourceMapping::service)
        .containsExactly(tuple("mocks", "memory"), tuple("users", "dynamodb"));
    assertThat(accepts(new String(shipped, StandardCharsets.UTF_8))).isTrue();
  }

  static Stream<String> right() {
    return Stream.of(
        "resources: {a: b}",
        "resources: {a: {service: b}}",
        "resources: {a: '${A:b}', b: {service: '${A:b}'}}",
        "max-body-size: 2048\nresources: {a: b}",
        "default-access: anyone\nresources: {a: b}",
        "authentication: {api-keys: k, roles-claim: r}\nresources: {a: b}",
        "authentication: {jwt: [{issuer: i, audience: [a], jwks: k, clock-skew: 5s}]}\nresources: {a: b}",
        "authentication: {proxy: {trusted: [1.2.3.4], subject-header: x}}\nresources: {a: b}",
        "resources: {a: {service: b, access: {roles: {r: [list]}, owner: {claim: x}}}}",
        "resources: {a: {service: b, access: {roles: {r: []}, fields: {f: {read: [x]}}}}}",
        "max-body-size: 2MB\nresources: {a: b}",
        "max-body-size: ${SIZE:2MB}\nresources: {a: b}",
        "cursor-secret: ''\nresources: {a: b}",
        "cursor-secret: 1234567890abcdef\nresources: {a: b}",
        "cursor-secret: ${SECRET:}\nresources: {a: b}",
        "services: {}\nresources: {a: b}",
        "services: {b: {}, c: {service: b}, d: {settings: {any: [1, {x: null}]}}}\nresources: {a: b}",
        "resources: {a: {service: b, page-size: 10, max-page-size: '${M:20}', scan-limit: 1}}",
        "resources: {a: {service: b, count: none}, b: {service: b, count: '${C:exact}'}}",
        "resources: {a: {service: b, disabled: []}, b: {service: b, disabled: [get, '${D:list}']}}",
        "resources: {a: {service: b, id: key, description: ''}}",
        "resources: {a: {service: b, settings: {}}}",
        "resources: {a-b_c: b, 0x: b}");
  }

  @ParameterizedTest
  @MethodSource("right")
  void mapping_whenRight_isAcceptedByBoth(String mapping) {
    assertThat(problems(mapping)).isEmpty();
    assertThat(accepts(mapping)).isTrue();
  }

  static Stream<String> wrong() {
    Stream<String> whole =
        Stream.of(
            "{}",
            "[]",
            "text",
            "resources: {}",
            "resources: []",
            "resources:",
            "resources: {a: }",
            "resources: {a: []}",
            "resources: {a: 5}",
            "resources: {a: {}}",
            "resources: {a: B}",
            "resources: {A: b}",
            "resources: {ping: b}",
            "resources: {a: b}\nunknown: 1",
            "resources: {a: b}\nservices: []",
            "resources: {a: b}\nservices:",
            "resources: {a: b}\nservices: {b: c}",
            "resources: {a: b}\nservices: {B: {}}",
            "resources: {a: b}\nservices: {b: {unknown: 1}}",
            "resources: {a: b}\nservices: {b: {service: 5}}",
            "resources: {a: b}\nservices: {b: {settings: []}}",
            "resources: {a: b}\ncursor-secret: short",
            "resources: {a: b}\ncursor-secret: 1234567890123456");
    Stream<String> sizes =
        Stream.of("0", "1023", "6291457", "1GB", "1mb", "'1 MB'", "true", "null", "[]", "-5", "''")
            .map(size -> "resources: {a: b}\nmax-body-size: " + size);
    Stream<String> keys =
        Stream.of(
                "unknown: 1",
                "page-size: 0",
                "page-size: 10001",
                "page-size: '5'",
                "page-size: 1.5",
                "page-size: null",
                "page-size: ''",
                "max-page-size: -1",
                "max-page-size: many",
                "scan-limit: 1000001",
                "count: 1",
                "count: true",
                "count: Exact",
                "count: []",
                "max-bulk-size: 0",
                "put: patch",
                "delete-returns: true",
                "require-match: maybe",
                "schema: 5",
                "unknown-fields: 5",
                "read-only: a",
                "read-only: [5]",
                "read-only: [' ']",
                "write-only: {a: b}",
                "cache-control: 60",
                "relations: []",
                "relations: {0: {resource: a, field: x}}",
                "relations: {r: a}",
                "relations: {r: {field: x}}",
                "relations: {r: {resource: a}}",
                "relations: {r: {resource: a, field: x, foreign-field: y}}",
                "relations: {r: {resource: a, field: 5}}",
                "relations: {r: {resource: a, field: x, unknown: 1}}",
                "count: yes",
                "disabled: get",
                "disabled: [GET]",
                "disabled: [null]",
                "disabled: [[get]]",
                "disabled: {get: true}",
                "id: 5",
                "id: ''",
                "id: [a]",
                "description: 5",
                "description: null",
                "settings: text",
                "settings: null",
                "settings: [a]")
            .map(key -> "resources: {a: {service: b, " + key + "}}");
    Stream<String> groups =
        Stream.of(
                "cors: true",
                "cors: {}",
                "cors: {origins: '*'}",
                "cors: {origins: ['*'], max-age: 5}",
                "cors: {origins: ['*'], unknown: 5}",
                "idempotency: a",
                "idempotency: {}",
                "idempotency: {resource: a, expires-after: 5}",
                "idempotency: {resource: a, expires-after: 5x}")
            .map(group -> group + "\nresources: {a: b}");
    return Stream.of(whole, sizes, keys, groups).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void mapping_whenWrong_isRefusedByBoth(String mapping) {
    assertThat(problems(mapping)).isNotEmpty();
    assertThat(accepts(mapping)).isFalse();
  }

  /** Every value in every place: where the schema has no doubt, the reader must not have any. */
  @Test
  void mapping_whenTheSchemaRefuses_isRefusedByTheReader() {
    List<String> values =
        List.of(
            "",
            "''",
            "' '",
            "a",
            "A",
            "5",
            "'5'",
            "0",
            "-1",
            "25.0",
            "1e2",
            "1e9",
            "true",
            "'true'",
            "null",
            "[]",
            "[a]",
            "[get]",
            "['${X:get}']",
            "{}",
            "{a: b}",
            "{service: b}",
            "'${X:}'",
            "'${X:5}'",
            "'${X:true}'",
            "'$${X}'",
            "a b",
            "'\\u00a0'",
            "\"\\u2003\"",
            "1KB",
            "9999KB",
            "1234567890abcdef",
            "'1234567890 bcdef'");
    List<String> places =
        List.of(
            "max-body-size: %s\nresources: {a: b}",
            "cursor-secret: %s\nresources: {a: b}",
            "services: %s\nresources: {a: b}",
            "services: {b: %s}\nresources: {a: b}",
            "services: {b: {service: %s}}\nresources: {a: b}",
            "services: {b: {settings: %s}}\nresources: {a: b}",
            "resources: %s",
            "resources: {a: %s}",
            "resources: {a: {service: %s}}",
            "resources: {a: {service: b, description: %s}}",
            "resources: {a: {service: b, id: %s}}",
            "resources: {a: {service: b, page-size: %s}}",
            "resources: {a: {service: b, max-page-size: %s}}",
            "resources: {a: {service: b, scan-limit: %s}}",
            "resources: {a: {service: b, count: %s}}",
            "resources: {a: {service: b, put: %s}}",
            "resources: {a: {service: b, require-match: %s}}",
            "resources: {a: {service: b, schema: %s}}",
            "resources: {a: {service: b, read-only: %s}}",
            "resources: {a: {service: b, read-only: [%s]}}",
            "resources: {a: {service: b, relations: %s}}",
            "resources: {a: {service: b, relations: {r: %s}}}",
            "resources: {a: {service: b, relations: {r: {resource: %s, field: x}}}}",
            "cors: %s\nresources: {a: b}",
            "cors: {origins: %s}\nresources: {a: b}",
            "cors: {origins: ['*'], max-age: %s}\nresources: {a: b}",
            "idempotency: %s\nresources: {a: b}",
            "idempotency: {resource: %s}\nresources: {a: b}",
            "resources: {a: {service: b, disabled: %s}}",
            "resources: {a: {service: b, disabled: [%s]}}",
            "resources: {a: {service: b, settings: %s}}",
            "resources: {a: {service: b, settings: {x: %s}}}");
    int refused = 0;
    for (String place : places) {
      for (String value : values) {
        String mapping = place.formatted(value);
        if (!accepts(mapping)) {
          refused++;
          assertThat(problems(mapping)).as(mapping).isNotEmpty();
        }
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nameRule_whenItsPatternIsAsked_agrees(boolean resources) {
    NameRule rule = resources ? Keys.RESOURCE_NAME : Keys.SERVICE_NAME;
    Pattern pattern = Pattern.compile(rule.pattern());

    List<String> names =
        IntStream.rangeClosed(1, 0x17F)
            .mapToObj(c -> String.valueOf((char) c))
            .flatMap(c -> Stream.of(c, "a" + c, "a" + c + "0", c + "a"))
            .toList();
    for (String name : names) {
      assertThat(rule.allows(name)).as(name).isEqualTo(pattern.matcher(name).matches());
    }
    for (int length : new int[] {0, 1, 39, 40, 41, 62, 63, 64, 65}) {
      String name = "a".repeat(length);
      assertThat(rule.allows(name)).as(name).isEqualTo(pattern.matcher(name).matches());
    }
  }

  private static boolean accepts(String mapping) {
    return SCHEMA.validate(mapping, InputFormat.YAML).isEmpty();
  }

  /** Of a mapping that is JSON, which is YAML only where no name is very long. */
  static boolean acceptsJson(String mapping) {
    return SCHEMA.validate(mapping, InputFormat.JSON).isEmpty();
  }

  private static List<Problem> problems(String mapping) {
    return MappingReader.read(mapping.getBytes(StandardCharsets.UTF_8), Map.of()).problems();
  }
}

package dev.backplane.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each mistake is answered with, and where. */
class MappingMistakesTest {
  private static final String OPERATIONS =
      "the operations are list, get, create, replace, update, delete";
  private static final String TOP_KEYS =
      "the keys are max-body-size, cursor-secret, cors, authentication, default-access,"
          + " rate-limits, trusted-proxies, idempotency, services, resources";
  private static final String RESOURCE_KEYS =
      "the keys are service, description, id, page-size, max-page-size, scan-limit, count,"
          + " max-bulk-size, put, delete-returns, require-match, schema, unknown-fields, read-only,"
          + " write-only, cache-control, relations, disabled,"
          + " access, settings";

  @Test
  void read_whenRelationsAreWrong_saysWhatToChange() {
    assertThat(
            lines(
                """
                resources:
                  notes:
                    service: memory
                    relations:
                      9th: {resource: notes, field: x}
                      one: {resource: notes}
                      two: {resource: notes, field: x, foreign-field: y}
                      three: {field: x}
                      four: {resource: note, field: x}
                      five: {resource: notes, field: x..y}
                      six: notes
                      seven: {resource: shut, field: x}
                      eight: {resource: shut, foreign-field: x}
                  shut: {service: memory, disabled: [list]}
                """))
        .containsExactlyInAnyOrder(
            "5:7: resource \"notes\": \"9th\" is not a relation's name: at most 63 letters, digits,"
                + " - and _, starting with a letter",
            "6:7: resource \"notes\": relation \"one\" needs one of \"field\", for one item there, and"
                + " \"foreign-field\", for many",
            "7:7: resource \"notes\": relation \"two\" needs one of \"field\", for one item there, and"
                + " \"foreign-field\", for many",
            "8:7: resource \"notes\": relation \"three\" needs \"resource\"",
            "10:31: resource \"notes\": \"field\" has a field with a dot too many in its path",
            "11:7: resource \"notes\": relation \"six\" should be a group with resource: and field: in"
                + " it",
            "4:5: resource \"notes\": relation \"four\" leads to resource \"note\", which the mapping"
                + " does not have; did you mean \"notes\"? the resources are notes, shut",
            "4:5: resource \"notes\": relation \"eight\" leads to resource \"shut\", where \"list\" is"
                + " disabled, so that no client would get to see it");
  }

  @Test
  void read_whenGroupsAtTheTopAreWrong_saysWhatToChange() {
    assertThat(
            lines(
                """
                cors:
                  origins: ["*", "https://a.example/", "https://b.example:443"]
                  credentials: true
                idempotency:
                  resource: note
                resources: {notes: memory}
                """))
        .containsExactlyInAnyOrder(
            "2:3: \"cors\": \"origins\" has something that is not an origin: write scheme, host and"
                + " port as a browser does, such as https://app.example.com or"
                + " http://localhost:5173",
            "2:3: \"cors\": \"origins\" has something that is not an origin: write scheme, host and"
                + " port as a browser does, such as https://app.example.com or"
                + " http://localhost:5173",
            "2:3: \"cors\": \"*\" stands alone in \"origins\", and never with credentials",
            "5:3: \"idempotency\": \"resource\" names resource \"note\", which the mapping does not have;"
                + " did you mean \"notes\"? the resources are notes");
    assertThat(
            lines(
                "cors: {}\nidempotency: {}\nresources: {notes: {service: m, unknown-fields: strip}}"))
        .containsExactly(
            "1:7: \"cors\": \"origins\" is missing; it lists the origins that may call",
            "2:14: \"idempotency\": \"resource\" is missing; it names the resource that keeps the"
                + " answers",
            "3:33: resource \"notes\": \"unknown-fields\" needs \"schema\", which says what fields"
                + " there are");
  }

  @Test
  void read_whenThereAreFiveMistakes_reportsEachWithItsPlace() {
    MappingReader.Result result =
        read(
            """
            max-body-size: 10MB
            services:
              dynamodb:
                settings:
                  region: ${AWS_REGION}
            resources:
              mocks: memory
              users:
                service: dynamodb
                page-sise: 25
                require-match: yes
                disabled: [delte]
                settings:
                  table: users
            """);

    assertThat(lines(result))
        .containsExactly(
            "1:16: \"max-body-size\" should be a number of bytes such as 65536, 512KB or 1MB, from"
                + " 1024 to 6291456",
            "5:15: service \"dynamodb\": \"settings.region\" needs the environment variable"
                + " AWS_REGION, which is not set; set it, or give a default: ${AWS_REGION:...}",
            "10:5: resource \"users\": \"page-sise\" is not a key of a resource; did you mean"
                + " \"page-size\"? "
                + RESOURCE_KEYS,
            "11:20: resource \"users\": \"require-match\" should be true or false",
            "12:16: resource \"users\": \"disabled\" has something here that is not an operation;"
                + " did you mean \"delete\"? "
                + OPERATIONS);
    assertThat(result.mapping().resources())
        .extracting(ResourceMapping::name)
        .containsExactly("mocks");
  }

  @Test
  void read_whenOnlyGatewayKeysAreWrong_keepsTheResourceForFurtherChecks() {
    MappingReader.Result result =
        read("resources: {Bad: {service: x, count: 1, what: 2, page-size: 0, settings: {a: b}}}");

    assertThat(result.problems()).hasSize(4);
    ResourceMapping bad = result.mapping().resources().get(0);
    assertThat(bad.name()).isEqualTo("Bad");
    assertThat(bad.lists().count()).isEqualTo(Count.EXACT);
    assertThat(bad.lists().pageSize()).isEqualTo(25);
    assertThat(bad.positions()).containsKey("a");
  }

  @Test
  void read_whenASettingIsWrong_leavesOutEveryResourceThatHasIt() {
    MappingReader.Result result =
        read(
            """
            services:
              broken: {service: jdbc, settings: {url: "${URL}"}}
              unkind: {service: 5}
              scalar: jdbc
            resources:
              a: broken
              b: {service: broken, settings: {table: t}}
              c: {service: memory, settings: {list: [{file: "${FILE}"}]}}
              d: unkind
              e: scalar
              f: memory
            """);

    assertThat(lines(result))
        .containsExactly(
            "2:43: service \"broken\": \"settings.url\" needs the environment variable URL, which is"
                + " not set; set it, or give a default: ${URL:...}",
            "3:21: service \"unkind\": \"service\" should be " + Keys.SERVICE_NAME.words(),
            "4:3: service \"scalar\": this should be a group with settings: in it",
            "8:49: resource \"c\": \"settings.list.file\" needs the environment variable FILE, which"
                + " is not set; set it, or give a default: ${FILE:...}");
    assertThat(result.mapping().resources()).extracting(ResourceMapping::name).containsExactly("f");
  }

  @Test
  void read_whenAKeyIsUnknown_namesTheKeysThatExist() {
    assertThat(lines("resorces: {a: b}\nx: 1"))
        .containsExactly(
            "1:1: \"resorces\" is not a key of the mapping; did you mean \"resources\"? "
                + TOP_KEYS,
            "2:1: \"x\" is not a key of the mapping; " + TOP_KEYS);
    assertThat(lines("services: {a: {setings: {b: c}, kind: d}}\nresources: {a: a}"))
        .containsExactly(
            "1:16: service \"a\": \"setings\" is not a key of a service; did you mean \"settings\"?"
                + " the keys are service, settings",
            "1:33: service \"a\": \"kind\" is not a key of a service; the keys are service,"
                + " settings");
    assertThat(lines("resources: {a: {servise: b, settings: {}}}"))
        .containsExactly(
            "1:17: resource \"a\": \"servise\" is not a key of a resource; did you mean"
                + " \"service\"? "
                + RESOURCE_KEYS);
  }

  @Test
  void read_whenAServiceIsMissingOrWrong_saysSo() {
    String words = Keys.SERVICE_NAME.words();
    assertThat(lines("resources:\n  a: {}\n  b: {page-size: 5}"))
        .containsExactly(
            "2:3: resource \"a\": \"service\" is missing; it names what answers for the resource",
            "3:3: resource \"b\": \"service\" is missing; it names what answers for the resource");
    assertThat(
            lines("resources: {a: {service: ''}, b: 5, c: Dynamo, d: [x], e: , f: {service: {}}}"))
        .containsExactly(
            "1:26: resource \"a\": \"service\" should be " + words,
            "1:34: resource \"b\": \"service\" should be " + words,
            "1:40: resource \"c\": \"service\" should be " + words,
            "1:48: resource \"d\": this should be a service, or a group with service: in it",
            "1:56: resource \"e\": this should be a service, or a group with service: in it",
            "1:74: resource \"f\": \"service\" should be " + words);
    assertThat(lines("resources:\n  a: ${X:}\n  b:\n    service: ${X:}"))
        .containsExactly(
            "2:6: resource \"a\": \"service\" is missing; it names what answers for the resource",
            "4:5: resource \"b\": \"service\" is missing; it names what answers for the resource");
  }

  @Test
  void read_whenANameIsNotAllowed_saysWhich() {
    assertThat(lines("resources: {Users: m, ping: m, _a: m, a.b: m, '': m, -a: m, ok-_9: m}"))
        .containsExactly(
            "1:13: \"Users\" is not a resource's name: " + Keys.RESOURCE_NAME.words(),
            "1:23: \"ping\" is the gateway's own; give the resource another name",
            "1:32: \"_a\" is not a resource's name: " + Keys.RESOURCE_NAME.words(),
            "1:39: \"a.b\" is not a resource's name: " + Keys.RESOURCE_NAME.words(),
            "1:47: \"\" is not a resource's name: " + Keys.RESOURCE_NAME.words(),
            "1:54: \"-a\" is not a resource's name: " + Keys.RESOURCE_NAME.words());
    assertThat(lines("resources: {" + "a".repeat(63) + ": m, " + "a".repeat(64) + ": m}"))
        .singleElement()
        .asString()
        .startsWith("1:81: \"" + "a".repeat(30) + "…\" is not a resource's name");
    assertThat(lines("services: {My: {}}\nresources: {a: b}"))
        .containsExactly("1:12: \"My\" should be " + Keys.SERVICE_NAME.words());
  }

  @Test
  void read_whenAValueHasTheWrongType_saysWhatItShouldBe() {
    assertThat(
            lines(
                """
                cursor-secret: 1234567890123456
                services: []
                resources:
                  a:
                    service: memory
                    description: 5
                    id: 7
                    page-size: "25"
                    max-page-size: 10001
                    scan-limit: 1.5
                    require-match: "true"
                    disabled: delete
                    settings: text
                """))
        .containsExactly(
            "1:16: \"cursor-secret\" should be a text of at least 16 characters",
            "2:11: \"services\" should be a group: a name, and under it settings:",
            "6:18: resource \"a\": \"description\" should be a text; put numbers, true, false and null"
                + " in quotes",
            "7:9: resource \"a\": \"id\" should be a text; put numbers, true, false and null in"
                + " quotes",
            "8:16: resource \"a\": \"page-size\" should be a whole number from 1 to 10000",
            "9:20: resource \"a\": \"max-page-size\" should be a whole number from 1 to 10000",
            "10:17: resource \"a\": \"scan-limit\" should be a whole number from 1 to 1000000",
            "11:20: resource \"a\": \"require-match\" should be true or false",
            "12:15: resource \"a\": \"disabled\" should be a list of operations, such as [create,"
                + " delete]",
            "13:15: resource \"a\": \"settings\" should be a group of settings");
  }

  @Test
  void read_whenAValueIsLeftEmpty_saysSo() {
    assertThat(
            lines(
                "resources:\n  a:\n    service: b\n    id:\n    settings: ~\n    require-match: null"))
        .containsExactly(
            "4:5: resource \"a\": \"id\" has no value; it should be a text; put numbers, true, false"
                + " and null in quotes",
            "5:5: resource \"a\": \"settings\" has no value; it should be a group of settings",
            "6:5: resource \"a\": \"require-match\" has no value; it should be true or false");
    assertThat(lines("resources:\nservices:"))
        .containsExactly(
            "1:1: \"resources\" has no value; it should be a group of resources, such as \"mocks:"
                + " memory\"",
            "2:1: \"services\" has no value; it should be a group: a name, and under it settings:");
  }

  @Test
  void read_whenANumberIsOutOfBounds_saysTheBounds() {
    for (String number :
        List.of("0", "-1", "10001", "1e9", "1e999999", "2.5", "1e-3", "abc", "[1]")) {
      assertThat(lines("resources: {a: {service: b, page-size: " + number + "}}"))
          .as(number)
          .containsExactly(
              "1:40: resource \"a\": \"page-size\" should be a whole number from 1 to 10000");
    }
    for (String size :
        List.of(
            "1023",
            "0KB",
            "7MB",
            "6291457",
            "1GB",
            "1 MB",
            "1mb",
            "-1KB",
            "KB",
            "1.5MB",
            "99999999999999MB",
            "true",
            "{}")) {
      assertThat(lines("max-body-size: " + size + "\nresources: {a: b}"))
          .as(size)
          .containsExactly(
              "1:16: \"max-body-size\" should be a number of bytes such as 65536, 512KB or 1MB, from"
                  + " 1024 to 6291456");
    }
  }

  @Test
  void read_whenPageSizeIsAboveTheLargest_saysSo() {
    String message =
        "\"page-size\" should not be greater than \"max-page-size\", which is 500 when left out";
    assertThat(lines("resources: {a: {service: b, page-size: 501}}"))
        .containsExactly("1:29: resource \"a\": " + message);
    assertThat(lines("resources: {a: {service: b, page-size: 11, max-page-size: 10}}"))
        .containsExactly("1:29: resource \"a\": " + message);
    // one mistake, one line
    assertThat(lines("resources: {a: {service: b, page-size: 600, max-page-size: x}}")).hasSize(1);
  }

  @Test
  void read_whenTheCursorSecretIsShort_saysSo() {
    assertThat(lines("cursor-secret: 123456789012345\nresources: {a: b}")).hasSize(1);
    assertThat(lines("cursor-secret: short\nresources: {a: b}"))
        .containsExactly("1:16: \"cursor-secret\" should be a text of at least 16 characters");
    assertThat(lines("cursor-secret: ''\nresources: {a: b}")).isEmpty();
  }

  @Test
  void read_whenAnOperationIsUnknown_pointsAtIt() {
    assertThat(lines("resources: {a: {service: b, disabled: [get, GET, nothing, [x], null, '']}}"))
        .containsExactly(
            "1:45: resource \"a\": \"disabled\" has something here that is not an operation; did you"
                + " mean \"get\"? "
                + OPERATIONS,
            "1:50: resource \"a\": \"disabled\" has something here that is not an operation; "
                + OPERATIONS,
            "1:59: resource \"a\": \"disabled\" should be a list of operations, such as [create,"
                + " delete]",
            "1:64: resource \"a\": \"disabled\" has something here that is not an operation; "
                + OPERATIONS,
            "1:70: resource \"a\": \"disabled\" has something here that is not an operation; "
                + OPERATIONS);
  }

  @Test
  void read_whenAVariableIsWrong_namesItAndItsKey() {
    assertThat(
            lines(
                """
                max-body-size: ${SIZE}
                resources:
                  a: ${SERVICE}
                  b:
                    service: memory
                    page-size: ${PAGE:many}
                    require-match: ${COUNT:yes}
                    disabled: ["${OFF}", "${OFF:delte}"]
                    settings:
                      both: ${ONE} and ${TWO}
                      open: ${ONE
                      name: ${not a name}
                      none: ${}
                      digit: ${1A}
                      nested: ${ONE:${TWO}}
                      ${KEY}: x
                """))
        .containsExactly(
            "1:16: \"max-body-size\"" + missing("SIZE"),
            "3:6: resource \"a\": \"service\"" + missing("SERVICE"),
            "6:16: resource \"b\": \"page-size\" should be a whole number from 1 to 10000",
            "7:20: resource \"b\": \"require-match\" should be true or false",
            "8:16: resource \"b\": \"disabled\"" + missing("OFF"),
            "8:26: resource \"b\": \"disabled\" has something here that is not an operation; did you"
                + " mean \"delete\"? "
                + OPERATIONS,
            "10:13: resource \"b\": \"settings.both\"" + missing("ONE"),
            "10:13: resource \"b\": \"settings.both\"" + missing("TWO"),
            "11:13: resource \"b\": \"settings.open\" has a ${ without its }; for the characters"
                + " themselves write $${",
            "12:13: resource \"b\": \"settings.name\" has ${...} without the name of a variable, which"
                + " is letters, digits and _; for the characters themselves write $${",
            "13:13: resource \"b\": \"settings.none\" has ${...} without the name of a variable, which"
                + " is letters, digits and _; for the characters themselves write $${",
            "14:14: resource \"b\": \"settings.digit\" has ${...} without the name of a variable,"
                + " which is letters, digits and _; for the characters themselves write $${",
            "15:15: resource \"b\": \"settings.nested\" has a variable in the default of ONE; a"
                + " default is plain text",
            "16:7: resource \"b\": variables are replaced in values only, not in this key");
  }

  @Test
  void read_whenKeysAreNotPlainOnce_saysSo() {
    assertThat(
            lines(
                """
                resources:
                  a: memory
                  a: jdbc
                  "a": jdbc
                  1: memory
                  true: memory
                  ? [x]
                  : memory
                  b:
                    service: memory
                    settings: {x: 1, x: 2, ~: 3, {}: 4}
                    service: jdbc
                    <<: {require-match: false}
                resources: {}
                """))
        .containsExactly(
            "3:3: \"a\" stands here twice; the first is in line 2",
            "4:3: \"a\" stands here twice; the first is in line 2",
            "5:3: a key is a text: put this one in quotes",
            "6:3: a key is a text: put this one in quotes",
            "7:5: a key is a text, not a list or a group",
            "11:22: \"x\" stands here twice; the first is in line 11",
            "11:28: a key is a text: put this one in quotes",
            "11:34: a key is a text, not a list or a group",
            "12:5: \"service\" stands here twice; the first is in line 10",
            "13:5: merge keys (<<) are not supported; settings that several resources share go under"
                + " services:",
            "14:1: \"resources\" stands here twice; the first is in line 1");
  }

  @Test
  void read_whenTagsOrAliasesAreWrong_saysSo() {
    String tag =
        "this tag (!) is not supported, or does not fit; a text that starts with ! needs quotes";
    String alias =
        "this alias (*) has no anchor (&) that ends above it; a text that starts with * needs quotes";
    assertThat(
            lines(
                """
                resources:
                  a: !Ref users
                  b: !!java.net.URL memory
                  c: {service: m, page-size: !!int x, count: !!bool 1, settings: !!set {x: 1}}
                  d: *nothing
                  e: &e {service: m, settings: {self: *e}}
                  f: {service: m, settings: {a: !!binary aGk=, b: [!x y], !!merge <<: {c: 1}}}
                """))
        .containsExactly(
            "2:6: " + tag,
            "3:6: " + tag,
            "4:30: " + tag,
            "4:46: " + tag,
            "4:66: " + tag,
            "5:6: " + alias,
            "6:39: " + alias,
            "7:33: " + tag,
            "7:52: " + tag,
            "7:59: " + tag);
  }

  @Test
  void read_whenThereAreNoResources_saysSo() {
    String none = "there are no resources; add one, such as \"mocks: memory\" under resources:";
    assertThat(lines("resources: {}")).containsExactly("1:1: " + none);
    assertThat(lines("# nothing\ncursor-secret: ''\n")).containsExactly("2:1: " + none);
    assertThat(lines("{}")).containsExactly("1:1: " + none);
  }

  @Test
  void read_whenTheFileIsNoMapping_saysSo() {
    for (String empty : List.of("", " \n\n", "# a comment\n", "\uFEFF", "---\n", "~")) {
      assertThat(lines(empty))
          .containsExactly("the file is empty; a mapping has at least one entry under resources:");
    }
    for (String other : List.of("- a", "text", "--- 5", "[]", "'{}'")) {
      assertThat(lines(other))
          .singleElement()
          .asString()
          .matches("1:[15]: a mapping starts with keys, such as resources:");
    }
    assertThat(lines("resources: {a: b}\n---\nresources: {c: d}\n"))
        .containsExactly("2:1: a mapping is one document: remove this ---");
  }

  @Test
  void read_whenTheYamlIsWrong_explainsItWithoutQuotingIt() {
    assertThat(lines("resources:\n\ta: b"))
        .containsExactly("2:1: a tab stands where only spaces may: indent with spaces");
    assertThat(lines("resources:\n  a: b\n\tc: d"))
        .containsExactly("3:1: a tab stands where only spaces may: indent with spaces");
    assertThat(lines("resources:\n  a: b: c"))
        .containsExactly(
            "2:7: this \": \" is not expected here: indent the line like its neighbours, or put a text"
                + " that has \": \" in quotes");
    assertThat(lines("resources:\n  a: b\n c: d"))
        .containsExactly(
            "3:2: this does not fit the lines above: check the indentation and the quotes");
    assertThat(lines("resources: {a: {service: b, settings: {c: ${D}}}}"))
        .singleElement()
        .asString()
        .startsWith("1:44: ")
        .endsWith("inside {...} and [...], a text with ${...} or one of , [ ] { } needs quotes");
    assertThat(lines("resources:\n  a: 'b\n"))
        .containsExactly("3:1: a quote is opened and never closed");
    assertThat(lines("resources:\n  a: \"C:\\dir\"\n"))
        .containsExactly(
            "2:10: \\ starts an escape in a text in \"double quotes\": write \\\\, or use 'single"
                + " quotes'");
    assertThat(lines("resources:\n  a: @b\n"))
        .containsExactly("2:6: a text cannot start with this character: put the text in quotes");
    assertThat(lines("resources:\n  a: b\n  c\n  d: e\n"))
        .singleElement()
        .asString()
        .endsWith(
            "a key above has no \":\" after it; a key and its value are written \"key: value\"");
    assertThat(lines("resources: {a: b\u0007}"))
        .containsExactly("1:17: this character is not allowed in YAML");
    assertThat(lines("%YAML 3.0\n---\nresources: {a: b}"))
        .containsExactly("this is not valid YAML");
  }

  @Test
  void read_whenTheFileIsNotUtf8_saysWhere() {
    byte[] latin1 = "resources:\r\n  a: m # f\u00fcr".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(lines(MappingReader.read(latin1, Map.of())))
        .containsExactly("2:11: the file is not UTF-8: save it in that encoding");
    byte[] utf16 = "resources: {a: b}".getBytes(StandardCharsets.UTF_16);
    assertThat(lines(MappingReader.read(utf16, Map.of())))
        .containsExactly("1:1: the file is not UTF-8: save it in that encoding");
    byte[] cut = {'a', ':', ' ', (byte) 0xE6, (byte) 0xBC};
    assertThat(lines(MappingReader.read(cut, Map.of())))
        .containsExactly("1:4: the file is not UTF-8: save it in that encoding");
  }

  @Test
  void read_whenThereIsNoFile_saysSo(@TempDir Path directory) throws IOException {
    assertThat(lines(MappingReader.read(directory.resolve("missing.yaml"), Map.of())))
        .containsExactly("there is no such file");
    assertThat(lines(MappingReader.read(directory, Map.of())))
        .containsExactly("is a directory; a mapping is a file");
    Path file = Files.writeString(directory.resolve("mapping.yaml"), "resources: {a: b}");
    assertThat(MappingReader.read(file, Map.of()).mapping().resources()).hasSize(1);
    MappingReader.Result below = MappingReader.read(file.resolve("below"), Map.of());
    assertThat(below.problems()).hasSize(1);
    assertThat(below.problems().get(0).describe("m.yaml"))
        .startsWith("m.yaml: the file cannot be read");
  }

  @Test
  void read_whenThereAreTooManyMistakes_showsTheFirstAndTheNumber() {
    StringBuilder yaml = new StringBuilder("resources: {a: b}\n");
    for (int i = 0; i < 2500; i++) {
      yaml.append("key").append(i).append(": 1\n");
    }

    assertThat(lines(yaml.toString()))
        .hasSize(1001)
        .startsWith("2500 mistakes, of which 1000 are shown");
  }

  private static String missing(String variable) {
    return " needs the environment variable "
        + variable
        + ", which is not set; set it, or give a default: ${"
        + variable
        + ":...}";
  }

  private static List<String> lines(String yaml) {
    return lines(read(yaml));
  }

  private static List<String> lines(MappingReader.Result result) {
    return result.problems().stream()
        .map(problem -> problem.describe("").substring(1).strip())
        .toList();
  }

  private static MappingReader.Result read(String yaml) {
    return MappingReader.read(yaml.getBytes(StandardCharsets.UTF_8), Map.of());
  }
}

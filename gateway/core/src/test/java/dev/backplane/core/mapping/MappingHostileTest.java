package dev.backplane.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that want to cost time or memory, break the reader, or make it tell a secret. */
class MappingHostileTest {
  private static final String MARKER = "h7nt3rS3cr3t";

  /** Far more than any of this takes, far less than what an unbounded reader would. */
  private static final Duration QUICKLY = Duration.ofSeconds(20);

  @Test
  void read_whenAliasesMultiply_stops() {
    StringBuilder laughs = new StringBuilder("resources: {a: b}\nservices:\n  b:\n    settings:\n");
    laughs.append("      l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("      l%d: &l%d [".formatted(i, i));
      laughs.append(("*l" + (i - 1) + ", ").repeat(10)).append("]\n");
    }

    assertThat(only(laughs.toString()))
        .endsWith("at most 200000 keys and values, an alias (*) counting as often as it is used");
  }

  @Test
  void read_whenGroupsMultiply_stops() {
    StringBuilder laughs = new StringBuilder("a: &g0 {x: y}\n");
    for (int i = 1; i < 40; i++) {
      laughs.append("b%d: &g%d {x: *g%d, y: *g%d}\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(only(laughs.toString())).contains("at most 200000 keys and values");
  }

  @Test
  void read_whenAliasesAddUpToManyLevels_stops() {
    StringBuilder tower = new StringBuilder("resources: {a: b}\nservices:\n  b:\n    settings:\n");
    tower.append("      t0: &t0 [[[[[[[[[[x]]]]]]]]]]\n");
    for (int i = 1; i < 1000; i++) {
      tower.append("      t%d: &t%d [[[[[*t%d]]]]]\n".formatted(i, i, i - 1));
    }

    assertThat(only(tower.toString())).contains("nested deeper than 32 levels");
  }

  @Test
  void read_whenNestedDeeply_stops() {
    for (String open : List.of("[", "{a: ", "- ", "? ", "[{a: ", "!!seq [", "&a [")) {
      assertThat(only("a: " + open.repeat(100_000))).as(open).isNotEmpty();
      assertThat(only(open.repeat(100_000))).as(open).isNotEmpty();
    }
    assertThat(only("a: " + "[".repeat(100_000))).contains("nested deeper than 32 levels");
    String right =
        "resources: {a: {service: b, settings: {s: " + "[".repeat(28) + "]".repeat(28) + "}}}";
    assertThat(read(right).problems()).isEmpty();
    assertThat(only(right.replace("[]", "[[]]"))).contains("nested deeper than 32 levels");
  }

  @Test
  void read_whenIndentedDeeply_stops() {
    StringBuilder stairs = new StringBuilder();
    for (int i = 0; i < 1500; i++) {
      stairs.append(" ".repeat(i)).append("a:\n");
    }

    assertThat(only(stairs.toString())).contains("nested deeper than 32 levels");
  }

  @Test
  void read_whenHuge_stops(@TempDir Path directory) throws IOException {
    String tooLarge = "the file is larger than 4 MB";
    byte[] huge = new byte[50 * 1024 * 1024];
    assertThat(only(MappingReader.read(huge, Map.of()))).isEqualTo(tooLarge);
    Path file = Files.write(directory.resolve("huge.yaml"), huge);
    assertTimeoutPreemptively(
        QUICKLY, () -> assertThat(only(MappingReader.read(file, Map.of()))).isEqualTo(tooLarge));
    Path endless = Path.of("/dev/zero");
    if (Files.exists(endless)) {
      assertTimeoutPreemptively(
          QUICKLY,
          () -> assertThat(only(MappingReader.read(endless, Map.of()))).isEqualTo(tooLarge));
    }
  }

  @Test
  void read_whenScalarsAreLong_isQuick() {
    for (String scalar : List.of("x", "'x'", "\"x\"", "1")) {
      String text = scalar.replace("x", "x".repeat(2_000_000)).replace("1", "1".repeat(2_000_000));
      assertThat(read("resources: {a: {service: b, settings: {c: " + text + "}}}").problems())
          .isEmpty();
      assertThat(only("resources: {a: " + text + "}")).hasSizeLessThan(300);
    }
    assertThat(read("resources:\n  a: |\n" + "    x\n".repeat(500_000)).problems()).hasSize(1);
    String token = "x".repeat(4_000_000);
    for (String before : List.of("? ", "&", "!", "#", "")) {
      assertThat(read(before + token).problems().toString()).hasSizeBetween(10, 1000);
    }
    assertThat(read("resources: {a: '" + "${X:".repeat(500_000) + "'}").problems()).hasSize(1);
    assertThat(read("resources: {a: '" + "${X}".repeat(500_000) + "'}").problems()).hasSize(1001);
  }

  @Test
  void read_whenKeysCollide_isQuick() {
    // "Aa" and "BB" have one hash code, and so has every text made of them
    List<String> keys = new ArrayList<>(List.of(""));
    for (int i = 0; i < 15; i++) {
      keys = keys.stream().flatMap(key -> List.of(key + "Aa", key + "BB").stream()).toList();
    }
    String group = String.join(": 1, ", keys) + ": 1";

    assertThat(read("resources: {a: {service: b, settings: {" + group + "}}}").problems())
        .isEmpty();
  }

  @Test
  void read_whenBytesAreRandomlyChanged_neverThrows() {
    byte[] right =
        """
        # a mapping
        max-body-size: ${SIZE:1MB}
        services:
          main: &m {service: "dynamodb", settings: {region: 'eu', n: [1, -2.5e3, ~, true]}}
        resources:
          mocks: memory
          users:
            service: main
            disabled: [delete, "get"]
            settings: !!map
              text: |
                two
                lines
              ? key
              : *m
        """
            .getBytes(StandardCharsets.UTF_8);
    byte[] alphabet =
        "\0\t\n\r !\"#$%&'*,-.:<>?@[]{}|~\\`=^/_a0e\u00ef\u00bb\u00bf\u00ff"
            .getBytes(StandardCharsets.ISO_8859_1);
    Random random = new Random(20_240_607);
    int refused = 0;
    for (int i = 0; i < 4_000; i++) {
      byte[] bytes = right.clone();
      for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
      }
      refused += MappingReader.read(bytes, Map.of()).problems().isEmpty() ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(2_000);
  }

  @Test
  void read_whenAnythingIsWrong_neverShowsAValue() {
    List<String> values =
        List.of(
            MARKER,
            "'" + MARKER + "'",
            "\"" + MARKER + "\"",
            "\"" + MARKER,
            "'" + MARKER,
            "\"" + MARKER + "\\q\"",
            "@" + MARKER,
            "`" + MARKER,
            "%" + MARKER,
            "*" + MARKER,
            "&" + MARKER,
            "!" + MARKER,
            "!!" + MARKER,
            "!" + MARKER + " x",
            "!h!" + MARKER + " x",
            "!<" + MARKER + "> x",
            "!!int " + MARKER,
            "!!bool " + MARKER,
            "|" + MARKER,
            ">" + MARKER,
            "|\n" + MARKER,
            "|\n      " + MARKER,
            "x: " + MARKER,
            MARKER + ": x: y",
            "[" + MARKER,
            "[" + MARKER + "]",
            "[[" + MARKER + "]]",
            "]" + MARKER,
            "{" + MARKER,
            "}" + MARKER,
            "{x: " + MARKER + "}",
            "- " + MARKER,
            "? " + MARKER,
            "," + MARKER,
            "# " + MARKER,
            MARKER + "\t\n\t" + MARKER,
            MARKER + "\u0007",
            MARKER + "\n" + MARKER,
            MARKER + "\n  " + MARKER + ": [",
            "${" + MARKER,
            "${X:" + MARKER,
            "${X:" + MARKER + "}",
            "${X:${" + MARKER + "}}",
            "${ " + MARKER + "}",
            "${1" + MARKER + "}",
            "${SET}",
            "a${SET}b",
            "${SET}${UNSET}",
            "[\"${SET}\"]",
            "${SET}: x",
            "1" + MARKER,
            MARKER + "MB",
            "---\n" + MARKER,
            "--- " + MARKER,
            "...\n" + MARKER,
            "\n%YAML " + MARKER,
            "\n%TAG " + MARKER,
            "\"\\x" + MARKER + "\"",
            "\"\\u" + MARKER + "\"",
            MARKER.repeat(500));
    List<String> places =
        List.of(
            "%s",
            "max-body-size: %s\nresources: {}",
            "cursor-secret: %s\nresources: {}",
            "cursor-secret: 12345 %s\nresources: {}",
            "services: %s",
            "services:\n  x: %s",
            "services:\n  x:\n    service: %s\nresources: {a: x}",
            "services:\n  x:\n    settings: %s\nresources: {a: x}",
            "services:\n  x:\n    settings:\n      y: %s\n      z: ${UNSET}\nresources: {a: x}",
            "resources: %s",
            "resources:\n  a: %s",
            "resources:\n  a:\n    service: %s",
            "resources:\n  a:\n    service: x\n    description: %s\n    count: 5",
            "resources:\n  a:\n    service: x\n    id: %s\n    count: 5",
            "resources:\n  a:\n    service: x\n    page-size: %s",
            "resources:\n  a:\n    service: x\n    max-page-size: %s",
            "resources:\n  a:\n    service: x\n    scan-limit: %s",
            "resources:\n  a:\n    service: x\n    count: %s",
            "resources:\n  a:\n    service: x\n    disabled: %s",
            "resources:\n  a:\n    service: x\n    disabled:\n      - %s",
            "resources:\n  a:\n    service: x\n    settings: %s",
            "resources:\n  a:\n    service: x\n    settings:\n      y: %s\n      z: ${UNSET}",
            "resources:\n  a:\n    service: x\n    settings: {y: %s, z: ",
            "resources:\n  a:\n    service: x\n    unknown: %s");
    int problems = 0;
    for (String place : places) {
      for (String value : values) {
        String yaml = place.replace("%s", value);
        MappingReader.Result result =
            MappingReader.read(yaml.getBytes(StandardCharsets.UTF_8), Map.of("SET", MARKER));
        problems += result.problems().size();
        // a key is not a value: keys are named, so the marker may stand in a key only
        if (!isKey(value)) {
          assertThat(result.toString()).as(yaml).doesNotContain(MARKER);
        }
      }
    }
    assertThat(problems).isGreaterThan(1500);
  }

  /** Whether the value, where it is put, may become a key. */
  private static boolean isKey(String value) {
    return value.startsWith(MARKER + ": ")
        || value.startsWith(MARKER + "\n  " + MARKER + ":")
        || value.startsWith("{" + MARKER)
        || value.startsWith("? " + MARKER);
  }

  private static String only(String yaml) {
    return only(read(yaml));
  }

  private static String only(MappingReader.Result result) {
    assertThat(result.problems()).hasSize(1);
    return result.problems().get(0).message();
  }

  private static MappingReader.Result read(String yaml) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    return assertTimeoutPreemptively(QUICKLY, () -> MappingReader.read(bytes, Map.of()));
  }
}

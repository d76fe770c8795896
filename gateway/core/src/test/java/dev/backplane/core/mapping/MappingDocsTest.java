package dev.backplane.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/mapping.md says is what the reader does. */
class MappingDocsTest {
  private static final Path PAGE = Path.of("../../docs/mapping.md");

  @Test
  void mistakes_whenReadAsThePageShowsThem_giveWhatThePageShows() throws IOException {
    List<String> blocks = blocks("yaml");
    MappingReader.Result result = read(blocks.getLast());

    assertThat(result.problems()).hasSize(5);
    String shown =
        String.join(
            "\n",
            result.problems().stream().map(problem -> problem.describe("mapping.yaml")).toList());
    assertThat(blocks("text")).containsExactly(shown + "\n");
  }

  @Test
  void examples_whenRead_areRight() throws IOException {
    List<String> examples =
        blocks("yaml").stream().filter(block -> block.contains("resources:")).toList();

    assertThat(examples).hasSize(5);
    for (String example : examples.subList(0, 4)) {
      assertThat(read(example).problems()).as(example).isEmpty();
    }
    List<ResourceMapping> shared = read(examples.get(2)).mapping().resources();
    assertThat(shared).extracting(ResourceMapping::service).containsOnly("dynamodb");
    assertThat(shared)
        .extracting(resource -> resource.settings().get("region").flatMap(each -> each.text()))
        .containsExactly(Optional.of("eu-west-1"), Optional.of("us-east-1"));
  }

  @Test
  void tables_whenCompared_nameEveryKeyAndItsDefault() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `")).toList();

    assertThat(rows.stream().map(row -> row.split("`")[1]))
        .containsExactlyElementsOf(
            Stream.concat(Keys.TOP.stream(), Keys.OF_RESOURCE.stream()).map(Key::name).toList());
    Stream.concat(Keys.TOP.stream(), Keys.OF_RESOURCE.stream())
        .forEach(key -> {
          String fallback =
              switch (key) {
                case Key.Whole whole -> String.valueOf(whole.fallback());
                case Key.YesNo yesNo -> String.valueOf(yesNo.fallback());
                case Key.Size size -> size.fallback();
                default -> "";
              };
          String most = key instanceof Key.Whole whole ? String.valueOf(whole.most()) : "";
          if (!fallback.isEmpty()) {
            assertThat(rows)
                .anyMatch(row -> row.startsWith("| `" + key.name() + "` | `" + fallback + "` |"));
          }
          assertThat(rows)
              .anyMatch(row ->
                  row.startsWith("| `" + key.name() + "` |")
                      && (row.contains(most) || row.contains("at most `max-page-size`")));
        });
  }

  private static MappingReader.Result read(String yaml) {
    return MappingReader.read(yaml.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = null;
    for (String line : Files.readAllLines(PAGE)) {
      if (block == null && line.equals("```" + language)) {
        block = new StringBuilder();
      } else if (block != null && line.equals("```")) {
        blocks.add(block.toString());
        block = null;
      } else if (block != null) {
        block.append(line).append('\n');
      }
    }
    return blocks;
  }
}

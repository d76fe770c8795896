package dev.backplane.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the documentation as its reader follows it: the commands, and what is shown of their
 * output; and what is shown of mappings.
 *
 * @param steps the blocks of commands, in the order of the page
 * @param mappings the blocks of YAML, in the order of the page
 */
record DocsPage(List<Step> steps, List<Mapping> mappings) {
  /**
   * A block of commands.
   *
   * @param line where it is on the page, from 1
   * @param commands the commands
   * @param shown the lines that the page shows as their output; none when it shows nothing
   */
  record Step(int line, String commands, List<String> shown) {}

  /**
   * A mapping, or a part of one.
   *
   * @param line where it is on the page, from 1
   * @param yaml the lines
   */
  record Mapping(int line, String yaml) {}

  static DocsPage read(Path page) throws IOException {
    List<Step> steps = new ArrayList<>();
    List<Mapping> mappings = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    for (int i = 0; i < lines.size(); i++) {
      String fence = lines.get(i);
      if (!fence.startsWith("```")) {
        continue;
      }
      int begin = i + 1;
      i = begin + lines.subList(begin, lines.size()).indexOf("```");
      List<String> block = lines.subList(begin, i);
      switch (fence) {
        case "```sh" -> steps.add(new Step(begin, String.join("\n", block), new ArrayList<>()));
        case "```text" -> steps.getLast().shown().addAll(block);
        case "```yaml" -> mappings.add(new Mapping(begin, String.join("\n", block) + "\n"));
        default -> {
          // of no interest to who types
        }
      }
    }
    return new DocsPage(steps, mappings);
  }
}

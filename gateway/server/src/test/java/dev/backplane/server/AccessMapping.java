package dev.backplane.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** The mapping of the access contract, over another backend than memory. */
final class AccessMapping {
  /** Its resources, all of them. */
  static final List<String> RESOURCES =
      List.of("notes", "folders", "staff", "public", "closed", "answers");

  private AccessMapping() {}

  /**
   * Has each resource served by another service.
   *
   * @param mapping the file, which is changed
   * @param service the service
   * @param shared its settings for all resources, as YAML in one line
   * @param settings those of one resource, by its name
   */
  static void move(Path mapping, String service, String shared, UnaryOperator<String> settings)
      throws IOException {
    String text = Files.readString(mapping);
    for (String resource : RESOURCES) {
      String moved =
          text.replaceFirst(
              "(\n  " + resource + ":[^\n]*\n)    service: memory\n",
              "$1    service: %s\n    settings: %s\n".formatted(service, settings.apply(resource)));
      if (moved.equals(text)) {
        throw new IllegalStateException("the mapping has no " + resource + " in memory");
      }
      text = moved;
    }
    String services = "services: {%s: {settings: %s}}\nresources:\n".formatted(service, shared);
    Files.writeString(mapping, text.replace("resources:\n", services));
  }
}

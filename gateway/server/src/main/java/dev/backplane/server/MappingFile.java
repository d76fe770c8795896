package dev.backplane.server;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says which mapping; every command that starts from one has it. */
final class MappingFile {
  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "The mapping. Default: mapping.yaml")
  private Path path = Path.of("mapping.yaml");

  Path path() {
    return path;
  }
}

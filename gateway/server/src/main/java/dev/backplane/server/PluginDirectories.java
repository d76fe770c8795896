package dev.backplane.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where plugins are; every command has it. */
final class PluginDirectories {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = {
        "Directory of plugins, each of which is a jar or a directory of jars. May be repeated, and"
            + " hold several separated as in PATH. Those that come with Backplane are always"
            + " there."
      })
  private List<String> given = List.of();

  /** The directory that comes with Backplane, if any, and those that were given. */
  List<Path> all() {
    List<Path> directories = new ArrayList<>();
    @Nullable String home = System.getProperty("backplane.home"); // set by bin/backplane
    if (home != null && Files.isDirectory(Path.of(home, "plugins"))) {
      directories.add(Path.of(home, "plugins"));
    }
    directories.addAll(given());
    return directories;
  }

  /** Those that were given. */
  List<Path> given() {
    List<Path> directories = new ArrayList<>();
    for (String several : given) {
      for (String directory : several.split(File.pathSeparator, -1)) {
        if (!directory.isEmpty()) {
          directories.add(Path.of(directory));
        }
      }
    }
    return directories;
  }
}

package dev.backplane.server;

import dev.backplane.core.sbom.SbomContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The list of libraries in the distribution: those of the server, of its plugins, and for authors.
 */
class DistributionSbomIT extends SbomContract {
  @Override
  protected byte[] sbom() throws IOException {
    return Files.readAllBytes(ServerProcess.DISTRIBUTION.resolve("sbom.json"));
  }

  @Override
  protected Map<String, byte[]> jars() throws IOException {
    Map<String, byte[]> jars = new TreeMap<>();
    for (Path jar : files()) {
      jars.put(ServerProcess.DISTRIBUTION.relativize(jar).toString(), Files.readAllBytes(jar));
    }
    return jars;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(ServerProcess.DISTRIBUTION)) {
      return all.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }
}

package dev.backplane.lambda;

import dev.backplane.core.sbom.SbomContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The list of libraries in {@code function.zip}. */
class FunctionSbomIT extends SbomContract {
  @Override
  protected byte[] sbom() throws IOException {
    try (ZipFile zip = new ZipFile(FunctionUnderTest.zip().toFile())) {
      return zip.getInputStream(zip.getEntry("sbom.json")).readAllBytes();
    }
  }

  @Override
  protected Map<String, byte[]> jars() throws IOException {
    Map<String, byte[]> jars = new TreeMap<>();
    try (ZipFile zip = new ZipFile(FunctionUnderTest.zip().toFile())) {
      List<? extends ZipEntry> entries = zip.stream().toList();
      for (ZipEntry entry : entries) {
        if (entry.getName().endsWith(".jar")) {
          jars.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
      }
    }
    return jars;
  }
}

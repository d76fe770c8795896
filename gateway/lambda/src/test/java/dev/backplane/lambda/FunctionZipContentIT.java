package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class FunctionZipContentIT {
  private static final Pattern JAR = Pattern.compile("lib/(.+?)-\\d.*\\.jar");

  @Test
  void zip_whenBuilt_isSmall() throws IOException {
    assertThat(Files.size(FunctionUnderTest.zip())).isBetween(5_000_000L, 15_500_000L);
  }

  @Test
  void zip_whenBuilt_hasTheFunctionThePluginsAndTheExample() throws IOException {
    assertThat(names())
        .contains(
            "mapping.yaml",
            "plugins/memory/examples/mocks.json",
            "plugins/dynamodb/examples/users.json");
    assertThat(libraries())
        .contains(
            "backplane-lambda",
            "backplane-core",
            "backplane-spi",
            "backplane-plugin-memory",
            "backplane-plugin-dynamodb",
            "javalin",
            "aws-serverless-java-container-core",
            "dynamodb",
            "apache5-client");
  }

  @Test
  void zip_whenBuilt_hasEachLibraryOnce() throws IOException {
    assertThat(libraries()).doesNotHaveDuplicates();
  }

  @Test
  void zip_whenBuilt_hasNothingButLibrariesTheirListAndTheExample() throws IOException {
    assertThat(names())
        .allMatch(name ->
            JAR.matcher(name).matches()
                || name.equals("sbom.json")
                || name.equals("mapping.yaml")
                || name.matches("plugins/(memory|dynamodb)/examples/[^/]+"));
  }

  @Test
  void zip_whenBuilt_hasNoServerAndNoOtherHttpClient() throws IOException {
    assertThat(libraries())
        .noneMatch(name ->
            name.matches(
                "jetty.*|byte-buddy.*|jackson-module-afterburner|jackson-databind|netty.*|url-connection-client"
                    + "|apache-client|backplane-server|backplane-testkit|junit.*|slf4j-nop"));
  }

  @Test
  void zip_whenBuilt_isTheSameForTheSameSources() throws IOException {
    try (ZipFile zip = new ZipFile(FunctionUnderTest.zip().toFile())) {
      assertThat(zip.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
    }
  }

  private static List<String> libraries() throws IOException {
    return names().stream()
        .map(JAR::matcher)
        .filter(Matcher::matches)
        .map(m -> m.group(1))
        .toList();
  }

  private static List<String> names() throws IOException {
    try (ZipFile zip = new ZipFile(FunctionUnderTest.zip().toFile())) {
      return zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }
}

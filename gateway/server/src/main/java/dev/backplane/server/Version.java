package dev.backplane.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Properties build = build();
    return new String[] {
      "Backplane " + build.get("version") + ", commit " + build.get("commit"),
      "Java " + Runtime.version() + ", " + System.getProperty("java.vendor")
    };
  }

  static Properties build() {
    try (InputStream stream = Version.class.getResourceAsStream("build.properties")) {
      Properties build = new Properties();
      build.load(Objects.requireNonNull(stream, "build.properties is missing from the jar"));
      return build;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

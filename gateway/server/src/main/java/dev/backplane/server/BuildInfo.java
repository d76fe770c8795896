package dev.backplane.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Properties;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What runs here and since when, as {@code /info} tells it. Safe for use by many threads. */
final class BuildInfo {
  private final Properties build = Version.build();
  private final Instant started = Instant.now();
  private final Path mapping;
  private volatile Taken taken;

  /** What was last taken in of the mapping. */
  private record Taken(String sha256, Instant time) {}

  /**
   * Of a server that has just taken in a mapping.
   *
   * @param mapping its file
   */
  BuildInfo(Path mapping) {
    this.mapping = mapping;
    this.taken = take(mapping);
  }

  /** There was a change of the mapping or a plugin, and it was taken in, or refused. */
  void taken(boolean complete) {
    if (complete) {
      taken = take(mapping);
    }
  }

  String version() {
    return build.getProperty("version");
  }

  String commit() {
    return build.getProperty("commit");
  }

  /** As JSON. */
  String json() {
    Taken last = taken;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("version", version());
      json.writeStringProperty("commit", commit());
      json.writeStringProperty("java", Runtime.version().toString());
      json.writeStringProperty("started", started.toString());
      json.writeObjectPropertyStart("mapping");
      json.writeStringProperty("file", mapping.toString());
      json.writeStringProperty("sha256", last.sha256());
      json.writeStringProperty("taken", last.time().toString());
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Taken take(Path mapping) {
    return new Taken(sha256(mapping), Instant.now());
  }

  private static String sha256(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (IOException gone) {
      return ""; // since it was read; what is served goes on
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

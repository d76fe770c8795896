package dev.backplane.core.schema;

import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads the files of schemas, each once. */
final class SchemaFiles {
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final JsonCodec codec;
  private final Map<Path, JsonValue> read = new HashMap<>();
  private final Map<URI, Path> ids = new HashMap<>();

  SchemaFiles(JsonCodec codec) {
    this.codec = codec;
  }

  /** Whether no other file has a schema of this name; asking makes it this file's. */
  boolean isOnlyIn(Path file, URI id) {
    return ids.merge(id, file, (first, second) -> first).equals(file);
  }

  boolean exists(Path file) {
    return Files.isRegularFile(file);
  }

  JsonValue read(Path file) {
    JsonValue known = read.get(file);
    if (known == null) {
      known = parse(file);
      read.put(file, known);
    }
    return known;
  }

  private JsonValue parse(Path file) {
    byte[] bytes = bytes(file);
    try {
      return codec.read(bytes);
    } catch (JsonException malformed) {
      throw new SchemaException("names a file that cannot be read: " + malformed.getMessage());
    }
  }

  private static byte[] bytes(Path file) {
    if (Files.isDirectory(file)) {
      throw new SchemaException("names a directory; a schema is a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new SchemaException("names a file that is larger than 4 MB");
      }
      return bytes;
    } catch (NoSuchFileException missing) {
      throw new SchemaException("names a file that does not exist");
    } catch (IOException | SecurityException failed) {
      throw new SchemaException("names a file that may not be read: check its permissions");
    }
  }
}

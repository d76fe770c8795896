package dev.backplane.core.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Gets the text of a mapping file. */
final class MappingFile {
  static final int MOST_BYTES = 4 * 1024 * 1024;

  private MappingFile() {}

  /** The text, without a byte order mark; empty when there is none, and the reason is reported. */
  static Optional<String> read(Path file, Reading reading) {
    try {
      if (Files.isDirectory(file)) {
        reading.report("is a directory; a mapping is a file");
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(file)) {
        // not by the size on record, which a pipe or a device does not have
        return text(in.readNBytes(MOST_BYTES + 1), reading);
      }
    } catch (NoSuchFileException missing) {
      reading.report("there is no such file");
    } catch (AccessDeniedException denied) {
      reading.report("the file may not be read: check its permissions");
    } catch (IOException | SecurityException failed) {
      reading.report("the file cannot be read (" + failed.getClass().getSimpleName() + ")");
    }
    return Optional.empty();
  }

  /** As {@link #read}, of the file's content. */
  static Optional<String> text(byte[] utf8, Reading reading) {
    if (utf8.length > MOST_BYTES) {
      reading.report("the file is larger than " + MOST_BYTES / (1024 * 1024) + " MB");
      return Optional.empty();
    }
    CharBuffer text = CharBuffer.allocate(utf8.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(utf8), text, true);
    text.flip();
    if (!text.isEmpty() && text.charAt(0) == '\uFEFF') {
      text.get(); // a byte order mark
    }
    if (result.isError()) {
      reading.report(YamlMistakes.end(text), "the file is not UTF-8: save it in that encoding");
      return Optional.empty();
    }
    return Optional.of(text.toString());
  }
}

package dev.backplane.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written at its end only, whoever else cuts it off or renames it meanwhile: where
 * there is another file of its name, or none, it begins that one. Or standard output. For the use
 * of one thread.
 */
final class LogFile implements AccessLog.Destination {
  private static final Set<StandardOpenOption> APPEND =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  private final Optional<Path> path;
  private FileChannel channel;
  private Optional<Object> key;
  private boolean isBroken;

  private LogFile(Optional<Path> path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.key = keyNow();
  }

  /**
   * Opens a file.
   *
   * @param target its path, or {@code -} for standard output
   * @return the file, which was made if need be, for nobody but its owner and group
   * @throws IOException when it cannot be written
   */
  static LogFile open(String target) throws IOException {
    if (target.equals("-")) {
      return new LogFile(Optional.empty(), new FileOutputStream(FileDescriptor.out).getChannel());
    }
    Path path = Path.of(target);
    return new LogFile(Optional.of(path), open(path));
  }

  private static FileChannel open(Path path) throws IOException {
    FileAttribute<?>[] attributes =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
            }
            : new FileAttribute<?>[0];
    return FileChannel.open(path, APPEND, attributes);
  }

  /**
   * What tells the file from another one of its name; empty where nothing does, or there is none.
   */
  private Optional<Object> keyNow() throws IOException {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      @Nullable Object found =
          Files.readAttributes(path.get(), BasicFileAttributes.class).fileKey();
      return Optional.ofNullable(found);
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /** Writes whole lines. After a failure, the next begin on a line of their own. */
  @Override
  public void write(byte[] lines) throws IOException {
    if (path.isPresent() && !keyNow().equals(key)) {
      channel.close();
      channel = open(path.get());
      key = keyNow();
      isBroken = false;
    }
    if (isBroken) {
      put(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    put(ByteBuffer.wrap(lines));
  }

  private void put(ByteBuffer bytes) throws IOException {
    isBroken = true;
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    isBroken = false;
  }

  @Override
  public void close() throws IOException {
    if (path.isPresent()) {
      channel.close();
    }
  }
}

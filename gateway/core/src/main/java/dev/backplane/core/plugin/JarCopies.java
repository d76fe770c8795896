package dev.backplane.core.plugin;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary directory with copies of a plugin's jars. A lock in it, which the system gives free
 * when the process ends, tells others that it is in use: what a process that was killed has left is
 * removed by the next one. Closed when the plugin is.
 */
final class JarCopies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JarCopies.class);
  private static final String PREFIX = "backplane-plugin-";
  private static final String LOCK = "in-use";
  private static final AtomicBoolean SWEPT = new AtomicBoolean();

  private final Path directory;
  private final FileChannel lock;

  private JarCopies(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** Makes the directory; the first of a process removes what dead ones have left. */
  static JarCopies create() throws IOException {
    Path directory = Files.createTempDirectory(PREFIX);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      LOG.warn("{} cannot be locked, and so stays if this process is killed", directory);
    }
    if (SWEPT.compareAndSet(false, true)) {
      sweep(directory);
    }
    return new JarCopies(directory, channel);
  }

  /** Removes the directories beside one that are like it, of the same user, and of nobody alive. */
  static void sweep(Path own) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(own.getParent(), PREFIX + "*")) {
      for (Path each : all) {
        if (!each.equals(own) && isLeft(each, own)) {
          remove(each);
          LOG.debug("{}, which a process that was killed had left, is removed", each);
        }
      }
    } catch (IOException | DirectoryIteratorException failure) {
      LOG.debug("What killed processes have left could not be removed", failure);
    }
  }

  private static boolean isLeft(Path directory, Path own) throws IOException {
    Path lock = directory.resolve(LOCK);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        || !Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS) // being made at this moment
        || !Files.getOwner(directory).equals(Files.getOwner(own))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException here) {
      return false; // in use by this very process
    }
  }

  private static void remove(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.delete(directory);
  }

  /** Copies jars; one that cannot be copied stays where it is. */
  List<Path> copy(List<Path> jars) {
    List<Path> copies = new ArrayList<>();
    for (Path jar : jars) {
      try {
        copies.add(Files.copy(jar, directory.resolve(jar.getFileName())));
      } catch (IOException failure) {
        LOG.warn(
            "{} is loaded from where it is, as it could not be copied ({})",
            jar,
            failure.getClass().getSimpleName());
        copies.add(jar);
      }
    }
    return copies;
  }

  @Override
  public void close() {
    try {
      lock.close(); // first, as some systems remove no open file
      remove(directory);
    } catch (NoSuchFileException gone) {
      LOG.debug("{} was cleaned up by somebody else", directory);
    } catch (IOException failure) {
      LOG.warn("{} could not be removed", directory, failure);
    }
  }
}

package dev.backplane.server;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files again and again, and calls when some have changed and no longer do: what is just
 * being copied or saved is left in peace until two looks in a row see the same.
 *
 * <p>It asks the file system instead of being told. Notifications miss what a container sees most:
 * a link that leads elsewhere (Kubernetes swaps one to change a config map), mounts and network
 * drives. A look at forty files takes a millisecond.
 */
final class FileWatch implements AutoCloseable {
  /** What shows a change; behind links. */
  private record Stamp(String file, long size, FileTime modified) {}

  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Map<Path, Map<Path, Stamp>> known; // at the last change
  private Map<Path, Map<Path, Stamp>> last;
  private @Nullable Thread thread;

  /**
   * Takes the first look.
   *
   * @param first the files and directories, as far as they are known before anybody reads them, so
   *     that a change in between is not missed
   * @param interval the time from look to look
   */
  FileWatch(Set<Path> first, Duration interval) {
    this.interval = interval;
    this.known = look(first);
    this.last = Map.copyOf(known);
  }

  /**
   * Goes on looking, in a thread of its own.
   *
   * @param paths the files and directories; of a directory, jars, directories of jars and {@code
   *     plugins.lock} count. May give others after each change
   * @param onChange called in that thread
   */
  void start(Supplier<Set<Path>> paths, Runnable onChange) {
    look(paths.get()).forEach(known::putIfAbsent);
    thread = Thread.ofPlatform().daemon().name("reload").start(() -> run(paths, onChange));
  }

  private void run(Supplier<Set<Path>> paths, Runnable onChange) {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        if (hasChanged(paths.get())) {
          call(onChange);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes one look; whether something has changed since the last change, and is settled now. */
  boolean hasChanged(Set<Path> paths) {
    Map<Path, Map<Path, Stamp>> now = look(paths);
    boolean settled = now.equals(last);
    last = now;
    if (!settled) {
      return false;
    }
    now.forEach(known::putIfAbsent); // what nobody looked at before is not a change
    boolean changed =
        now.entrySet().stream().anyMatch(path -> !path.getValue().equals(known.get(path.getKey())));
    known = new HashMap<>(now);
    return changed;
  }

  private static void call(Runnable onChange) {
    try {
      onChange.run();
    } catch (RuntimeException | LinkageError defect) {
      // the next change may go better
      LOG.error("The change could not be taken in", defect);
    }
  }

  private static Map<Path, Map<Path, Stamp>> look(Set<Path> paths) {
    Map<Path, Map<Path, Stamp>> seen = new HashMap<>();
    for (Path path : paths) {
      Map<Path, Stamp> stamps = new HashMap<>();
      if (Files.isDirectory(path)) {
        lookInto(path, 2, stamps);
      } else {
        stamp(path, stamps);
      }
      seen.put(path, stamps);
    }
    return seen;
  }

  private static void lookInto(Path directory, int depth, Map<Path, Stamp> stamps) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.toLowerCase(Locale.ROOT).endsWith(".jar") || name.equals("plugins.lock")) {
          stamp(entry, stamps);
        } else if (depth > 1 && Files.isDirectory(entry)) {
          stamps.put(entry, new Stamp("", 0, FileTime.fromMillis(0)));
          lookInto(entry, depth - 1, stamps);
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // whoever reads it will tell why; to this it looks empty
      LOG.debug("{} cannot be looked at", directory, unreadable);
    }
  }

  private static void stamp(Path file, Map<Path, Stamp> stamps) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      stamps.put(
          file, new Stamp(String.valueOf(now.fileKey()), now.size(), now.lastModifiedTime()));
    } catch (IOException gone) {
      LOG.trace("{} is not there", file);
    }
  }

  /** Looks no more, and waits for a call that is being made. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (thread != null && !thread.join(CLOSE_TIMEOUT)) {
        LOG.warn("A change was still being taken in after {} s", CLOSE_TIMEOUT.toSeconds());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.backplane.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin that was loaded from its jars, and what was found in it. It outlives the reading that
 * found it where the next one finds the same jars. Immutable; closed once, when no reading has it
 * any more.
 */
final class IsolatedPlugin implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IsolatedPlugin.class);

  private final Path path;
  private final List<JarStamp> stamps;
  private final Optional<JarCopies> copies;
  private final List<Path> jars;
  private final PluginLoader loader;
  private final List<Scan.Result> results;
  private final Optional<String> problem;
  private final Optional<String> refusal;

  private IsolatedPlugin(
      PluginDirectory.Entry entry,
      SharedPackages shared,
      Optional<JarCopies> directory,
      Optional<PluginsLock> lock) {
    path = entry.path();
    stamps = JarStamp.of(entry.jars()); // before they are copied: what changes meanwhile shows
    copies = directory;
    jars = directory.map(there -> there.copy(entry.jars())).orElse(entry.jars());
    loader = new PluginLoader(path, jars, shared);
    refusal = refusal(lock); // before any of its code runs
    List<Scan.Result> found = List.of();
    Optional<String> unreadable = Optional.empty();
    try {
      found = refusal.isPresent() ? found : Scan.of(loader, Optional.of(origin()));
    } catch (IOException failure) {
      unreadable = Optional.of(Mistakes.unreadable(origin(), failure));
    }
    results = found;
    problem = unreadable;
  }

  /**
   * Loads a plugin.
   *
   * @param entry a plugin with jars that can be read
   * @param shared what it sees of the gateway
   * @param copied whether its jars are copied first, so that whoever writes over them while it is
   *     at work does not pull the classes from under it
   * @param lock which jars may be loaded; empty: all
   */
  static IsolatedPlugin load(
      PluginDirectory.Entry entry,
      SharedPackages shared,
      boolean copied,
      Optional<PluginsLock> lock) {
    return new IsolatedPlugin(
        entry, shared, copied ? directoryFor(entry.path()) : Optional.empty(), lock);
  }

  String origin() {
    return path.toString();
  }

  /** What became of the classes that it names as services. */
  List<Scan.Result> results() {
    return results;
  }

  /** Why nothing could be found in it; empty when it could be looked at. */
  Optional<String> problem() {
    return problem;
  }

  /** Why the lock of its directory keeps it out; empty when it may be used. */
  Optional<String> refusal() {
    return refusal;
  }

  /** Of the jars that are loaded, which may be copies: nobody writes over those. */
  private Optional<String> refusal(Optional<PluginsLock> lock) {
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < jars.size(); i++) {
      Optional<String> refused = lock.get().refusal(stamps.get(i).jar(), jars.get(i));
      if (refused.isPresent()) {
        return refused;
      }
    }
    return Optional.empty();
  }

  /**
   * Whether an entry is this plugin: at the same place, with the same bytes in its jars, and
   * allowed by the lock that there is now.
   */
  boolean isStill(PluginDirectory.Entry entry, Optional<PluginsLock> lock) {
    return path.equals(entry.path())
        && refusal.isEmpty()
        && hasJarsOf(entry)
        && refusal(lock).isEmpty();
  }

  private boolean hasJarsOf(PluginDirectory.Entry entry) {
    List<JarStamp> now = JarStamp.of(entry.jars());
    if (stamps.equals(now)) {
      return true;
    }
    // touched, or built again from the same sources: as good as not changed
    return copies.isPresent()
        && JarStamp.paths(stamps).equals(JarStamp.paths(now))
        && sameBytes(jars, entry.jars());
  }

  private static boolean sameBytes(List<Path> ours, List<Path> theirs) {
    try {
      for (int i = 0; i < ours.size(); i++) {
        if (Files.mismatch(ours.get(i), theirs.get(i)) >= 0) {
          return false;
        }
      }
      return true;
    } catch (IOException unreadable) {
      return false; // loading it will tell why
    }
  }

  private static Optional<JarCopies> directoryFor(Path plugin) {
    try {
      return Optional.of(JarCopies.create());
    } catch (IOException failure) {
      LOG.warn(
          "{} is loaded from where it is, as there is no temporary directory to copy it to ({});"
              + " replace its jars by renaming, never by writing over them",
          plugin,
          failure.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /** Lets go of the jars; call when every store of the plugin is closed. */
  @Override
  public void close() {
    List<String> threads = LeftThreads.of(loader);
    if (!threads.isEmpty()) {
      LOG.warn(
          "The {} ({}) left threads running when it was closed: {}",
          loader.getName(),
          path,
          String.join(", ", threads));
    }
    try {
      loader.close();
    } catch (IOException failure) {
      LOG.warn("A jar of the {} could not be closed", loader.getName(), failure);
    }
    copies.ifPresent(JarCopies::close);
  }
}

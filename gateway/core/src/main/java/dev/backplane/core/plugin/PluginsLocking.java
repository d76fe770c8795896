package dev.backplane.core.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The writing of a {@code plugins.lock}.
 *
 * @param file the lock
 * @param jars how many jars it lists
 * @param changes what is other than before, for example {@code added dice.jar}, by path
 */
public record PluginsLocking(Path file, int jars, List<String> changes) {
  /** Copies the changes. */
  public PluginsLocking {
    changes = List.copyOf(changes);
  }

  /**
   * Writes the lock of a directory; one that lists the same already is left alone.
   *
   * @param directory a directory of plugins
   * @return what has changed
   * @throws IOException with a sentence, when something cannot be read or written
   */
  public static PluginsLocking of(Path directory) throws IOException {
    PluginDirectory found = PluginDirectory.withoutLock(directory);
    Optional<String> unreadable =
        found
            .problem()
            .or(() -> found.entries().stream().flatMap(e -> e.problem().stream()).findFirst());
    if (unreadable.isPresent()) {
      throw new IOException(unreadable.get());
    }
    // one that cannot be read is what a new one is written for
    Optional<PluginsLock> before = PluginsLock.read(directory).lock();
    PluginsLock now = PluginsLock.of(directory, found.jars());
    if (!before.equals(Optional.of(now))) {
      try {
        now.write();
      } catch (IOException failure) {
        throw new IOException(now.file() + " cannot be written (" + failure + ")", failure);
      }
    }
    Map<String, String> old = before.map(PluginsLock::digests).orElseGet(TreeMap::new);
    return new PluginsLocking(now.file(), now.digests().size(), changes(old, now.digests()));
  }

  private static List<String> changes(Map<String, String> before, Map<String, String> now) {
    List<String> changes = new ArrayList<>();
    TreeSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(now.keySet());
    for (String jar : all) {
      if (!before.containsKey(jar)) {
        changes.add("added " + jar);
      } else if (!now.containsKey(jar)) {
        changes.add("removed " + jar);
      } else if (!now.get(jar).equals(before.get(jar))) {
        changes.add("changed " + jar);
      }
    }
    return changes;
  }
}

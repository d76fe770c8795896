package dev.backplane.core;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import dev.backplane.core.http.ServedResource;
import dev.backplane.core.mapping.MappingReader;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.core.plugin.OpenStore;
import dev.backplane.core.plugin.Plugins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generation that a gateway answers from, and those before it that still have requests. Safe
 * for use by many threads.
 */
final class Generations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /**
   * Longer than a request can honestly take: a minute for its body and half a one for its stores.
   */
  private static final Duration DRAIN = Duration.ofMinutes(2);

  private static final Collector<ServedResource, ?, List<String>> NAMES =
      mapping(resource -> resource.mapping().name(), toList());

  private final Gateway.Options options;
  private final Set<Generation> open = new LinkedHashSet<>(); // guarded by this
  private volatile Generation current;
  private volatile Set<Path> files;

  private Generations(Gateway.Options options, Generation first) {
    this.options = options;
    this.current = first;
    this.files = files(first);
    open.add(first);
  }

  static Generations start(Gateway.Options options) {
    MappingReader.Result read = MappingReader.read(options.mapping(), options.environment());
    Generation first = Generation.open(options, read, Optional.empty(), true);
    warnOfBroken(first.plugins());
    return new Generations(options, first);
  }

  Generation current() {
    return current;
  }

  /** The current generation, which stays open until the caller leaves it. */
  Generation enter() {
    Generation generation = current;
    while (!generation.enter()) {
      generation = current; // there was a reload in between
    }
    return generation;
  }

  /** See {@link Gateway#files}. */
  Set<Path> files() {
    return files;
  }

  /** See {@link Gateway#reload}. */
  synchronized Gateway.Reloaded reload() {
    if (open.isEmpty()) {
      throw new IllegalStateException("the gateway is closed");
    }
    Generation before = current;
    MappingReader.Result read = MappingReader.read(options.mapping(), options.environment());
    // also when it is refused: the repair may be in a file that only the new mapping names
    Set<Path> named = new LinkedHashSet<>(files(before));
    named.addAll(files(read.mapping().resources()));
    files = Collections.unmodifiableSet(named);
    Generation next = Generation.open(options, read, Optional.of(before), true);
    warnOfBroken(next.plugins());
    files = files(next);
    open.add(next);
    current = next;
    before.retire();
    // a thread of its own, as the last request may take its time
    Thread.ofPlatform().daemon().name("drain").start(() -> drain(before));
    return compare(before, next);
  }

  private void drain(Generation before) {
    try {
      if (!before.awaitDrained(DRAIN)) {
        LOG.warn(
            "requests have been running for {} s since a reload; what they use is closed now",
            DRAIN.toSeconds());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    close(before);
  }

  private synchronized void close(Generation generation) {
    if (open.remove(generation)) {
      generation.closeAllBut(open);
    }
  }

  private static Gateway.Reloaded compare(Generation before, Generation next) {
    Set<OpenStore> old = before.stores();
    Map<Boolean, List<String>> isKept =
        next.served().stream()
            .collect(partitioningBy(resource -> old.contains(resource.store()), NAMES));
    Set<OpenStore> goingOn = next.stores();
    List<String> closed =
        before.served().stream()
            .filter(resource -> !goingOn.contains(resource.store()))
            .collect(NAMES);
    return new Gateway.Reloaded(
        isKept.getOrDefault(false, List.of()), isKept.getOrDefault(true, List.of()), closed);
  }

  private Set<Path> files(Generation served) {
    Set<Path> paths = new LinkedHashSet<>(files(served.mappings()));
    for (ServedResource resource : served.served()) {
      resource.schema().ifPresent(schema -> paths.addAll(schema.files()));
    }
    served.authentication().ifPresent(said -> paths.addAll(said.files()));
    return Collections.unmodifiableSet(paths);
  }

  private Set<Path> files(List<ResourceMapping> resources) {
    Set<Path> paths = new LinkedHashSet<>();
    paths.add(options.mapping());
    for (ResourceMapping resource : resources) {
      resource.bodies().schema().map(options.mapping()::resolveSibling).ifPresent(paths::add);
    }
    paths.addAll(options.plugins());
    return Collections.unmodifiableSet(paths);
  }

  /** A plugin that the mapping does not need stops nothing, but somebody dropped it in. */
  private static void warnOfBroken(Plugins plugins) {
    for (Plugins.Found found : plugins.found()) {
      found.problem().ifPresent(problem -> LOG.warn("left out, as it is broken: {}", problem));
    }
  }

  /** Closes every generation. */
  @Override
  public synchronized void close() {
    for (Generation generation : List.copyOf(open)) {
      close(generation);
    }
  }
}

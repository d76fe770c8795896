package dev.backplane.core;

import dev.backplane.core.http.HttpApi;
import dev.backplane.core.http.RandomSecret;
import dev.backplane.core.http.ServedResource;
import dev.backplane.core.mapping.Mapping;
import dev.backplane.core.mapping.MappingReader;
import dev.backplane.core.mapping.Problem;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.core.plugin.OpenStore;
import dev.backplane.core.plugin.Plugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that one reading of the mapping and the plugins gave. A gateway answers from one generation
 * at a time; a request stays with the one that it began on. Stores and plugins that did not change
 * belong to several. Safe for use by many threads.
 */
final class Generation {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** Added to the number of running requests when no more may begin. */
  private static final long RETIRED = Long.MIN_VALUE;

  private final Plugins plugins;
  private final List<ServedResource> resources;
  private final HttpApi api;
  private final Optional<Authentication> authentication;
  private final Mapping mapping;
  private final AtomicLong running = new AtomicLong();
  private final CountDownLatch drained = new CountDownLatch(1);

  private Generation(
      Plugins plugins,
      List<ServedResource> resources,
      HttpApi api,
      Optional<Authentication> authentication,
      Mapping mapping) {
    this.authentication = authentication;
    this.mapping = mapping;
    this.plugins = plugins;
    this.resources = resources;
    this.api = api;
  }

  /** Reads the mapping and opens what it needs, but starts nothing. */
  static Generation open(Gateway.Options options) {
    MappingReader.Result read = MappingReader.read(options.mapping(), options.environment());
    return open(options, read, Optional.empty(), false);
  }

  /**
   * Opens what a mapping needs.
   *
   * @param options what to start from
   * @param read the mapping
   * @param before what is served so far, which goes on where nothing changed
   * @param start whether the stores are started, or only opened
   * @return what can be served now
   * @throws Gateway.StartException when anything is wrong; what was opened is closed again
   */
  static Generation open(
      Gateway.Options options,
      MappingReader.Result read,
      Optional<Generation> before,
      boolean start) {
    Plugins plugins =
        before
            .map(served -> served.plugins.discoverAgain(options.plugins()))
            .orElseGet(() -> Plugins.discover(options.plugins(), options.replaceable()));
    List<ServedResource> resources = List.of();
    boolean done = false;
    try {
      StoreOpener opener =
          new StoreOpener(options, plugins, before.map(Generation::served).orElse(List.of()));
      resources = opener.open(read.mapping());
      List<String> others = new ArrayList<>(plugins.problems());
      others.addAll(whyNotExposed(options, read));
      boolean right = read.problems().isEmpty() && others.isEmpty();
      if (start && right && opener.problems().isEmpty()) {
        opener.start(resources);
        opener.checkKeepers(read.mapping(), resources);
      }
      if (!right || !opener.problems().isEmpty()) {
        List<Problem> problems = new ArrayList<>(read.problems());
        problems.addAll(opener.problems());
        throw new Gateway.StartException(lines(options, problems, others));
      }
      RandomSecret secret = before.map(served -> served.api.secret()).orElseGet(RandomSecret::new);
      HttpApi api = new HttpApi(read.mapping(), resources, secret);
      done = true;
      return new Generation(
          plugins, resources, api, authentication(options, read.mapping()), read.mapping());
    } finally {
      if (!done) {
        close(resources, plugins, before.stream().toList());
      }
    }
  }

  /** Also when the mapping has changed: nobody takes the lock off while the door is open. */
  private static List<String> whyNotExposed(Gateway.Options options, MappingReader.Result read) {
    return options.exposed() && read.mapping().authentication().isEmpty()
        ? List.of(
            options.mapping()
                + " has no \"authentication\", so nobody would be asked who they are: add it, or"
                + " listen on 127.0.0.1, or say --open-to-everyone")
        : List.of();
  }

  private static Optional<Authentication> authentication(Gateway.Options options, Mapping mapping) {
    return mapping.authentication().map(said -> Authentication.of(said, options.mapping()));
  }

  Optional<Authentication> authentication() {
    return authentication;
  }

  RateLimits rateLimits() {
    return RateLimits.of(mapping);
  }

  int maxBodySize() {
    return mapping.maxBodySize();
  }

  private static List<String> lines(
      Gateway.Options options, List<Problem> problems, List<String> others) {
    List<String> lines = new ArrayList<>();
    problems.stream()
        .sorted(Problem.IN_FILE)
        .forEach(problem -> lines.add(problem.describe(options.mapping().toString())));
    lines.addAll(others);
    return lines;
  }

  HttpApi api() {
    return api;
  }

  List<ServedResource> served() {
    return resources;
  }

  /** What is served, as an overview shows it, in the order of the mapping. */
  List<Gateway.Resource> resources() {
    return resources.stream()
        .filter(resource -> api.serves(resource.mapping().name()))
        .map(resource -> {
          Set<String> methods = new LinkedHashSet<>(resource.listMethods());
          methods.addAll(resource.itemMethods());
          methods.remove("OPTIONS");
          return new Gateway.Resource(
              resource.mapping().name(), resource.mapping().service(), new ArrayList<>(methods));
        })
        .toList();
  }

  List<ResourceMapping> mappings() {
    return resources.stream().map(ServedResource::mapping).toList();
  }

  Plugins plugins() {
    return plugins;
  }

  /** The open stores, each by its identity. */
  Set<OpenStore> stores() {
    Set<OpenStore> stores = Collections.newSetFromMap(new IdentityHashMap<>());
    resources.forEach(resource -> stores.add(resource.store()));
    return stores;
  }

  /** Begins a request; false when this generation takes no more. */
  boolean enter() {
    if (running.incrementAndGet() > 0) {
      return true;
    }
    leave();
    return false;
  }

  /** Ends a request that {@link #enter} began. */
  void leave() {
    if (running.decrementAndGet() == RETIRED) {
      drained.countDown();
    }
  }

  /** Takes no more requests. Called once, when there is a successor. */
  void retire() {
    if (running.addAndGet(RETIRED) == RETIRED) {
      drained.countDown();
    }
  }

  /** Waits for the last request of a retired generation; false when the time is out before. */
  boolean awaitDrained(Duration limit) throws InterruptedException {
    return drained.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes what no other generation has. */
  void closeAllBut(Collection<Generation> others) {
    close(resources, plugins, others);
  }

  private static void close(
      List<ServedResource> resources, Plugins plugins, Collection<Generation> others) {
    Set<OpenStore> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    others.forEach(other -> kept.addAll(other.stores()));
    for (ServedResource resource : resources) {
      if (kept.contains(resource.store())) {
        continue;
      }
      try {
        resource.store().close();
      } catch (RuntimeException failure) {
        // the others are to be closed all the same
        LOG.warn("the store of resource {} failed to close", resource.mapping().name(), failure);
      }
    }
    plugins.closeAllBut(others.stream().map(other -> other.plugins).toList());
  }
}

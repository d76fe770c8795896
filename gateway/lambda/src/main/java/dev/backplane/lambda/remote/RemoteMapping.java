package dev.backplane.lambda.remote;

import dev.backplane.core.Gateway;
import dev.backplane.lambda.environment.FunctionVariables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mapping behind a URI: fetched once when the function starts, and looked after again when it has
 * become old, beside the requests, which never wait for it. What cannot be fetched or served leaves
 * the last good one in place. Safe for use by many threads.
 */
public final class RemoteMapping {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteMapping.class);

  private final String uri;
  private final RemoteFile remote;
  private final Path file;
  private final long maxAgeNanos;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile String tag;
  private volatile long lookedAt;

  private RemoteMapping(String uri, RemoteFile remote, Path file, long maxAgeNanos, String tag) {
    this.uri = uri;
    this.remote = remote;
    this.file = file;
    this.maxAgeNanos = maxAgeNanos;
    this.tag = tag;
    this.lookedAt = System.nanoTime();
  }

  /**
   * Whether a mapping's name is a URI.
   *
   * @param name as in {@code BACKPLANE_MAPPING}
   * @return whether {@link #fetch} takes it
   */
  public static boolean isUri(String name) {
    return name.contains("://");
  }

  /**
   * Gets the mapping.
   *
   * @param uri where it is
   * @param environment the function's
   * @return the mapping, as a file
   * @throws Gateway.StartException when it cannot be had
   */
  public static RemoteMapping fetch(String uri, Map<String, String> environment) {
    try {
      long nanos = maxAge(environment).toNanos();
      RemoteFile remote = RemoteFile.of(uri, environment);
      RemoteFile.Content content = remote.get("").orElseThrow();
      Path file = Files.createTempDirectory("backplane-mapping").resolve("mapping.yaml");
      Files.write(file, content.bytes());
      return new RemoteMapping(uri, remote, file, nanos, content.tag());
    } catch (IllegalArgumentException | IOException failure) {
      throw new Gateway.StartException(List.of("mapping " + uri + ": " + failure.getMessage()));
    }
  }

  private static Duration maxAge(Map<String, String> environment) {
    String seconds = FunctionVariables.MAPPING_MAX_AGE.in(environment);
    if (!seconds.matches("[0-9]{1,7}")) {
      throw new IllegalArgumentException(
          FunctionVariables.MAPPING_MAX_AGE.name()
              + " is \""
              + seconds
              + "\" and should be a number of seconds, such as 60");
    }
    return Duration.ofSeconds(Long.parseLong(seconds));
  }

  /**
   * The mapping as a file.
   *
   * @return where it lies now, and where the next one will
   */
  public Path file() {
    return file;
  }

  /**
   * Says a mistake in the mapping by its URI and not by the file's name.
   *
   * @param problem one line
   * @return the line
   */
  public String describe(String problem) {
    return problem.replace(file.toString(), uri);
  }

  /**
   * Looks after the mapping when that is due; returns at once.
   *
   * @param gateway serves it
   */
  public void refresh(Gateway gateway) {
    if (System.nanoTime() - lookedAt < maxAgeNanos || !looking.compareAndSet(false, true)) {
      return;
    }
    // A thread of its own: Lambda may freeze it with the function, and it goes on with the next.
    Thread.ofPlatform().daemon().name("mapping").start(() -> look(gateway));
  }

  private void look(Gateway gateway) {
    try {
      Optional<RemoteFile.Content> newer = remote.get(tag);
      if (newer.isPresent()) {
        tag = newer.get().tag(); // also of a broken one, or each look would report it again
        replace(newer.get().bytes());
        gateway.reload();
        LOG.info("The mapping {} has changed and is served", uri);
      }
    } catch (Gateway.StartException mistakes) {
      LOG.error("The mapping {} has changed and is refused; the one before is served on", uri);
      mistakes.problems().forEach(problem -> LOG.error(describe(problem)));
    } catch (IOException | UncheckedIOException failure) {
      LOG.warn("The mapping {} could not be looked after; it is served on", uri, failure);
    } finally {
      lookedAt = System.nanoTime();
      looking.set(false);
    }
  }

  private void replace(byte[] content) throws IOException {
    Path next = Files.write(file.resolveSibling("next.yaml"), content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}

package dev.backplane.server;

import dev.backplane.core.Gateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a gateway take in changes of its files while it runs, and tells what became of them. */
final class Reloading implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  private final Path mapping;
  private final Callers callers;
  private final Limits limits;
  private final Console console;
  private final FileWatch watch;

  /**
   * Takes a look at the files; to be made before the gateway is started, so that no change is
   * missed.
   *
   * @param options what the gateway is started from
   * @param callers takes in who is let in
   * @param limits takes in how often may be asked
   * @param interval how often to look
   * @param console where to tell what was taken in; what is refused goes to the log
   */
  Reloading(
      Gateway.Options options, Callers callers, Limits limits, Duration interval, Console console) {
    this.callers = callers;
    this.limits = limits;
    this.mapping = options.mapping();
    this.console = console;
    Set<Path> first = new HashSet<>(options.plugins());
    first.add(mapping);
    this.watch = new FileWatch(first, interval);
  }

  /**
   * Looks on from now.
   *
   * @param gateway takes in the changes
   * @param told whether all of a change was taken in, after each
   */
  void start(Gateway gateway, Consumer<Boolean> told) {
    watch.start(gateway::files, () -> told.accept(reload(gateway)));
  }

  private boolean reload(Gateway gateway) {
    Gateway.Reloaded reloaded;
    try {
      reloaded = gateway.reload();
    } catch (Gateway.StartException refused) {
      LOG.error("A change is refused; what was served before is served on:");
      refused.problems().forEach(LOG::error);
      return false;
    }
    limits.take(gateway.rateLimits());
    boolean complete = true;
    try {
      callers.take(gateway.authentication());
    } catch (Gateway.StartException refused) {
      LOG.error("The keys of callers are refused; whom the gateway let in before it lets in on:");
      refused.problems().forEach(LOG::error);
      complete = false;
    }
    console.say(
        "Reloaded "
            + mapping
            + ": opened "
            + names(reloaded.opened())
            + "; kept "
            + names(reloaded.kept())
            + "; closed "
            + names(reloaded.closed()));
    return complete;
  }

  private static String names(List<String> names) {
    return names.isEmpty() ? "nothing" : String.join(", ", names);
  }

  /** Takes in nothing more. */
  @Override
  public void close() {
    watch.close();
  }
}

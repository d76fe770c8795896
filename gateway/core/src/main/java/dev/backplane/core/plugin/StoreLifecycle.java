package dev.backplane.core.plugin;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Provision;
import dev.backplane.spi.ProvisionedStore;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.StartableStore;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beginning and the end of a plugin's store. Safe for use by many threads. */
final class StoreLifecycle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStore.class);

  private static final Pattern LOGICAL_ID = Pattern.compile("[A-Za-z0-9]{1,255}");

  /** How long a plugin may take to close a store. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Store store;
  private final Crossing plugin;
  private final AtomicBoolean closed = new AtomicBoolean();

  StoreLifecycle(Store store, Crossing plugin) {
    this.store = store;
    this.plugin = plugin;
  }

  /** See {@link OpenStore#start}. */
  void start() {
    if (!(store instanceof StartableStore startable)) {
      return;
    }
    AtomicReference<@Nullable SettingException> wrong = new AtomicReference<>();
    plugin.work(
        "start",
        () -> {
          try {
            startable.start();
          } catch (SettingException setting) {
            wrong.set(setting); // meant for the gateway, unlike a defect
          }
          return true;
        });
    rethrow(wrong.get());
  }

  /** See {@link OpenStore#provision}. */
  Provision provision() {
    if (!(store instanceof ProvisionedStore provisioned)) {
      return Provision.none();
    }
    AtomicReference<@Nullable SettingException> wrong = new AtomicReference<>();
    Provision answer =
        plugin.ask(
            "provision",
            () -> {
              try {
                return provisioned.provision();
              } catch (SettingException setting) {
                wrong.set(setting);
                return Provision.none();
              }
            },
            StoreLifecycle::wrong);
    rethrow(wrong.get());
    return answer;
  }

  private static Optional<String> wrong(Provision provision) {
    for (Map.Entry<String, JsonObject> resource : provision.resources().entrySet()) {
      if (!LOGICAL_ID.matcher(resource.getKey()).matches()) {
        return Optional.of("provision gave a wrong logical id");
      }
      if (resource.getValue().get("Type").isEmpty()) {
        return Optional.of("provision gave no Type");
      }
    }
    return Optional.empty();
  }

  private static void rethrow(@Nullable SettingException wrong) {
    if (wrong != null) {
      throw wrong;
    }
  }

  /** See {@link OpenStore#close}. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // on a thread of its own, as a plugin that gets stuck here would keep the process from ending
    Thread closing =
        Thread.ofPlatform().daemon().name("close " + plugin.service()).start(this::closeQuietly);
    try {
      if (!closing.join(CLOSING)) {
        LOG.warn(
            "{}: its store did not close within {} s and is left as it is",
            plugin.described(),
            CLOSING.toSeconds());
        closing.interrupt();
      }
    } catch (InterruptedException stop) {
      closing.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void closeQuietly() {
    try {
      plugin.ask(
          "close",
          () -> {
            store.close();
            return true;
          });
    } catch (StoreException failure) {
      LOG.warn("A store of the service {} could not be closed", plugin.service(), failure);
    }
  }
}

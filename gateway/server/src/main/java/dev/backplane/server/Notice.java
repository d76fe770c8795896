package dev.backplane.server;

import dev.backplane.core.Gateway;
import java.time.Duration;

/**
 * Tells whoever asks whether the gateway is ready that it is about to end, and gives them time to
 * ask, while everything is served on.
 *
 * @param gateway tells it
 * @param time how long
 */
record Notice(Gateway gateway, Duration time) implements AutoCloseable {
  @Override
  public void close() {
    gateway.announceEnd();
    try {
      Thread.sleep(time);
    } catch (InterruptedException atOnce) {
      Thread.currentThread().interrupt();
    }
  }
}

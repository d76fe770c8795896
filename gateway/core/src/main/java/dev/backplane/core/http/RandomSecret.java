package dev.backplane.core.http;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Signs cursors where the mapping has no secret for it. A gateway has one, so that cursors stay
 * good when the mapping is read again; it is made when it is needed first. Safe for use by many
 * threads.
 */
public final class RandomSecret {
  private static final int LENGTH = 32;

  private byte @Nullable [] bytes; // guarded by this

  synchronized byte[] bytes() {
    if (bytes == null) {
      bytes = new byte[LENGTH];
      new SecureRandom().nextBytes(bytes);
    }
    return bytes;
  }
}

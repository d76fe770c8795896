package dev.backplane.spi;

import java.util.Objects;

/**
 * A setting of the mapping is missing or wrong. It stops the start; the gateway adds the resource,
 * the line and the keys that exist. The message never repeats a value, which may be a secret.
 */
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * Describes the mistake.
   *
   * @param key the setting, dotted when it is nested
   * @param message what is wrong and what was expected, for example {@code is missing; it names the
   *     table}; reads on after the key
   */
  public SettingException(String key, String message) {
    super(message);
    this.key = Objects.requireNonNull(key, "key");
  }

  /**
   * Which setting.
   *
   * @return the key, dotted when it is nested
   */
  public String key() {
    return key;
  }
}

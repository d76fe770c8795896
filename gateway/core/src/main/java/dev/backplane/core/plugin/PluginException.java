package dev.backplane.core.plugin;

/**
 * A service cannot be found or cannot open a store. The message is one sentence for the mapping's
 * author and repeats no setting; the cause, where there is one, is what the plugin threw, and its
 * own message may.
 */
public final class PluginException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PluginException(String message) {
    super(message);
  }

  PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}

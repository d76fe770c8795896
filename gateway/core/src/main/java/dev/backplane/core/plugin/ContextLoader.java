package dev.backplane.core.plugin;

import java.util.function.Supplier;

/**
 * The one place where the gateway's threads enter a plugin: libraries such as the AWS SDK look
 * services up by the context class loader, so it is the plugin's own meanwhile.
 */
record ContextLoader(ClassLoader loader) {
  <T> T call(Supplier<T> call) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return call.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}

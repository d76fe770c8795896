package dev.backplane.core.plugin;

import dev.backplane.spi.Service;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;

/**
 * A service that answers to its name.
 *
 * @param name its name
 * @param origin where it comes from
 * @param service the plugin's one instance
 * @param loader how to enter the plugin
 */
record LoadedService(String name, String origin, Service service, ContextLoader loader) {
  OpenStore open(StoreContext context) {
    Store store;
    try {
      store = loader.call(() -> service.open(context));
    } catch (SettingException mistake) {
      throw mistake;
    } catch (StackOverflowError defect) {
      throw new PluginException(attempt(context) + Mistakes.unquoted(defect), defect);
    } catch (VirtualMachineError fatal) {
      throw fatal; // of the process, not of the plugin
    } catch (Throwable defect) { // a plugin in another language also throws checked ones
      throw new PluginException(attempt(context) + Mistakes.unquoted(defect), defect);
    }
    if (store == null) {
      throw new PluginException(attempt(context) + "it returned null instead of a store");
    }
    return new OpenStore(name, store, loader);
  }

  private String attempt(StoreContext context) {
    return "the service \""
        + name
        + "\" ("
        + origin
        + ") could not open \""
        + context.resource()
        + "\": ";
  }

  /** For a sentence about two services of one name. */
  String describe() {
    return service.getClass().getName() + " in " + origin;
  }
}

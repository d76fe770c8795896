package dev.backplane.core.plugin;

import dev.backplane.spi.Service;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that answers to its name.
 *
 * @param name its name
 * @param origin where it comes from
 * @param service the plugin's one instance
 * @param loader how to enter the plugin
 */
record LoadedService(String name, String origin, Service service, ContextLoader loader) {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedService.class);

  OpenStore open(StoreContext context, CallObserver observer) {
    Store store;
    try {
      store = loader.call(() -> service.open(context));
    } catch (SettingException mistake) {
      throw mistake;
    } catch (StackOverflowError defect) {
      throw failed(context, defect);
    } catch (VirtualMachineError fatal) {
      throw fatal; // of the process, not of the plugin
    } catch (Throwable defect) { // a plugin in another language also throws checked ones
      throw failed(context, defect);
    }
    if (store == null) {
      throw new PluginException(attempt() + "it returned null instead of a store");
    }
    String described = "service %s (%s), resource %s".formatted(name, origin, context.resource());
    return new OpenStore(
        store, new Crossing(context.resource(), name, described, loader, observer));
  }

  private PluginException failed(StoreContext context, Throwable defect) {
    // Not louder: its message may repeat a setting, which may be a secret.
    LOG.debug("{} failed to open {}", describe(), context.resource(), defect);
    return new PluginException(attempt() + Mistakes.unquoted(defect), defect);
  }

  private String attempt() {
    return "the service \"" + name + "\" (" + origin + ") could not open its store: ";
  }

  /** For a sentence about two services of one name. */
  String describe() {
    return service.getClass().getName() + " in " + origin;
  }
}

package dev.backplane.core.plugin;

import dev.backplane.spi.Service;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * What isolated plugins share with the gateway: the JDK, the SPI and the logging API, classes and
 * resources, and nothing else. As the parent of their loaders it wins over copies that a plugin
 * brings along, and keeps the gateway's own libraries out of sight.
 */
final class SharedPackages extends ClassLoader {
  private static final String SPI = Service.class.getPackageName() + ".";
  private static final String LOGGING = "org.slf4j.";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader gateway;

  SharedPackages(ClassLoader gateway) {
    super("backplane shared", getPlatformClassLoader());
    this.gateway = gateway;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!isShared(name)) {
      throw new ClassNotFoundException(name);
    }
    return gateway.loadClass(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return isShared(name.replace('/', '.')) ? gateway.getResource(name) : null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return isShared(name.replace('/', '.'))
        ? gateway.getResources(name)
        : Collections.emptyEnumeration();
  }

  private static boolean isShared(String name) {
    return name.startsWith(SPI) || name.startsWith(LOGGING);
  }
}

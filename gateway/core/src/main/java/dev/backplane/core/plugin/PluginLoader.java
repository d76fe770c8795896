package dev.backplane.core.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads one isolated plugin from its jars; lets go of them when it is closed. */
final class PluginLoader extends URLClassLoader {
  // The JDK keeps a jar that a resource was read from open for good, and would answer from the old
  // one after it was replaced.
  private static final URLStreamHandler UNCACHED =
      new URLStreamHandler() {
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
          URLConnection connection = URI.create(url.toExternalForm()).toURL().openConnection();
          connection.setUseCaches(false);
          return connection;
        }
      };

  static {
    registerAsParallelCapable();
  }

  PluginLoader(Path origin, List<Path> jars, SharedPackages shared) {
    super("plugin " + origin.getFileName(), urls(jars), shared);
  }

  @Override
  public @Nullable URL findResource(String name) {
    URL url = super.findResource(name);
    return url == null ? null : uncached(url);
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    List<URL> urls = Collections.list(super.findResources(name));
    urls.replaceAll(PluginLoader::uncached);
    return Collections.enumeration(urls);
  }

  private static URL uncached(URL url) {
    try {
      return URL.of(URI.create(url.toExternalForm()), UNCACHED);
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static URL[] urls(List<Path> jars) {
    URL[] urls = new URL[jars.size()];
    try {
      for (int i = 0; i < urls.length; i++) {
        urls[i] = jars.get(i).toUri().toURL();
      }
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
    return urls;
  }
}

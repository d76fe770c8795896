package dev.backplane.core.plugin;

import dev.backplane.core.plugin.JarClasses.ClassBytes;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loads one isolated plugin from its jars, without what would end the process; lets go of them when
 * it is closed.
 */
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

  private final JarClasses classes;

  PluginLoader(Path origin, List<Path> jars, SharedPackages shared) {
    super("plugin " + origin.getFileName(), urls(jars), shared);
    classes = new JarClasses(jars);
  }

  /** As the JDK's loader does, but for calls that would end the process. */
  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    Optional<ClassBytes> found;
    try {
      found = classes.find(name);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
    if (found.isEmpty()) {
      return super.findClass(name); // in a jar that another one names, or nowhere
    }
    ClassBytes file = found.get();
    definePackage(name, file);
    byte[] bytes = ExitCalls.refuse(file.bytes(), getName()).orElse(file.bytes());
    return defineClass(name, bytes, 0, bytes.length, file.source());
  }

  private void definePackage(String className, ClassBytes file) {
    int end = className.lastIndexOf('.');
    if (end < 0 || getDefinedPackage(className.substring(0, end)) != null) {
      return;
    }
    String name = className.substring(0, end);
    try {
      if (file.manifest() == null) {
        definePackage(name, null, null, null, null, null, null, null);
      } else {
        definePackage(name, file.manifest(), file.source().getLocation());
      }
    } catch (IllegalArgumentException defined) {
      return; // by another thread, a moment ago
    }
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      classes.close();
    }
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

package dev.backplane.plugin.jdbc;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drivers that the plugin's own class loader finds. Not those of {@code DriverManager}, which
 * does not see the loaders of plugins.
 */
final class Drivers {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcService.class);

  private final List<String> others = new ArrayList<>();

  private Drivers() {}

  /** The first driver that takes the URL, or what to say where there is none. */
  sealed interface Found {
    /** A driver for the URL. */
    record One(Driver driver) implements Found {}

    /** None; the sentence reads on after the setting's name. */
    record None(String sentence) implements Found {}
  }

  static Found find(String url, ClassLoader loader) {
    return new Drivers().search(url, ServiceLoader.load(Driver.class, loader).iterator());
  }

  private Found search(String url, Iterator<Driver> drivers) {
    while (true) {
      try {
        if (!drivers.hasNext()) {
          return new Found.None(none());
        }
        Driver driver = drivers.next();
        if (accepts(driver, url)) {
          return new Found.One(driver);
        }
        others.add(driver.getClass().getName());
      } catch (ServiceConfigurationError broken) {
        LOG.warn("A JDBC driver cannot be loaded", broken);
      }
    }
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException notItsOwn) {
      LOG.debug("{} does not take the URL", driver.getClass().getName(), notItsOwn);
      return false;
    }
  }

  private String none() {
    String here = others.isEmpty() ? "there are none" : "there are " + String.join(", ", others);
    return "is for a driver that is not here ("
        + here
        + "): put the jar of the database's JDBC driver into "
        + directory().map(Path::toString).orElse("the plugin's directory");
  }

  /** Where the plugin's jar is. */
  private static Optional<Path> directory() {
    CodeSource source = Drivers.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Path.of(source.getLocation().toURI()).getParent());
    } catch (URISyntaxException | IllegalArgumentException notAFile) {
      return Optional.empty();
    }
  }
}

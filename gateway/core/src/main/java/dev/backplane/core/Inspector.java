package dev.backplane.core;

import dev.backplane.core.plugin.PluginCheck;
import dev.backplane.core.plugin.Plugins;
import dev.backplane.core.plugin.PluginsLocking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What can be found out about mappings and plugins without a gateway that serves them: the tools of
 * the command line. Nothing is started. Called by one thread each time, and keeps nothing.
 */
public final class Inspector {
  /**
   * A plugin as an overview shows it.
   *
   * @param origin the jar or directory, or {@code class path}; empty where a problem is about no
   *     single plugin
   * @param services the names of its services
   * @param problem what is wrong, in one sentence that names the place; empty when nothing is
   */
  public record Plugin(String origin, List<String> services, String problem) {}

  /**
   * What a look at one plugin gave.
   *
   * @param services the class of each service by the service's name
   * @param abilities the interfaces of the SPI that its classes implement, by simple name
   * @param java the oldest Java that has all its classes; 0 when it has none
   * @param jars how many jars it consists of
   * @param remarks what is useless but does no harm, one sentence each
   * @param problems what is wrong, one sentence each that names the place; none when all is well
   */
  public record CheckedPlugin(
      Map<String, String> services,
      Set<String> abilities,
      int java,
      int jars,
      List<String> remarks,
      List<String> problems) {
    /** Copies the collections; the services keep their order. */
    public CheckedPlugin {
      services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
      abilities = Collections.unmodifiableSet(new TreeSet<>(abilities));
      remarks = List.copyOf(remarks);
      problems = List.copyOf(problems);
    }
  }

  /**
   * What became of the lock of a plugin directory.
   *
   * @param file the lock
   * @param jars how many jars it lists now
   * @param changes what is other than before, for example {@code added dice.jar}, by path
   */
  public record Locked(Path file, int jars, List<String> changes) {
    /** Copies the changes. */
    public Locked {
      changes = List.copyOf(changes);
    }
  }

  /**
   * A line of the table of who may do what.
   *
   * @param resource the path of the resource; {@code callers} of who is let in at all
   * @param what who or what it is about: a role, a field, the owner, a rule, a kind of credentials
   * @param says what holds, in words
   */
  public record Grant(String resource, String what, String says) {}

  /**
   * What the backends of a mapping consist of in the cloud.
   *
   * @param yaml a template of AWS CloudFormation, with the stores' remarks as comments
   * @param isEmpty whether it has no resources
   */
  public record Template(String yaml, boolean isEmpty) {}

  /**
   * Finds what is wrong with a mapping, as {@link Gateway#start} would, but starts nothing.
   *
   * @param options what a gateway would start from
   * @return what would be served
   * @throws Gateway.StartException when anything is wrong
   */
  public static List<Gateway.Resource> check(Gateway.Options options) {
    Generation checked = Generation.open(options);
    try {
      return checked.resources();
    } finally {
      checked.closeAllBut(List.of());
    }
  }

  /**
   * Describes what would be served, as {@code /openapi.json} does, but starts nothing.
   *
   * @param options what a gateway would start from
   * @return the OpenAPI document as JSON
   * @throws Gateway.StartException when anything is wrong
   */
  public static byte[] openApi(Gateway.Options options) {
    Generation opened = Generation.open(options);
    try {
      return opened.api().document();
    } finally {
      opened.closeAllBut(List.of());
    }
  }

  /**
   * Says who may do what, as a mapping comes to in the end, without looking at plugins.
   *
   * @param options what a gateway would start from
   * @return the table, in the order of the mapping
   * @throws Gateway.StartException when anything is wrong with the mapping
   */
  public static List<Grant> grants(Gateway.Options options) {
    return AccessTable.of(options);
  }

  /**
   * Says what has to be made in the cloud for what would be served, but starts nothing.
   *
   * @param options what a gateway would start from
   * @return the template
   * @throws Gateway.StartException when anything is wrong
   */
  public static Template template(Gateway.Options options) {
    Generation opened = Generation.open(options);
    try {
      return CloudTemplate.of(options.mapping().toString(), opened.served());
    } finally {
      opened.closeAllBut(List.of());
    }
  }

  /**
   * Finds plugins without opening anything.
   *
   * @param directories as in {@link Gateway.Options#plugins}
   * @return what was found, broken plugins included
   */
  public static List<Plugin> plugins(List<Path> directories) {
    try (Plugins plugins = Plugins.discover(directories)) {
      List<Plugin> found = new ArrayList<>();
      plugins
          .found()
          .forEach(each ->
              found.add(new Plugin(each.origin(), each.services(), each.problem().orElse(""))));
      // what is wrong with no one plugin: a directory that is not there, a name that two have
      plugins.problems().stream()
          .filter(problem -> found.stream().noneMatch(each -> each.problem().equals(problem)))
          .forEach(problem -> found.add(new Plugin("", List.of(), problem)));
      return found;
    }
  }

  /**
   * Looks at one plugin, whether it is of use, and opens nothing.
   *
   * @param file a jar, or a directory of jars
   * @param directories those that the plugin is to be used with: its names should be free there,
   *     and their locks should list it
   * @return what was found, mistakes included
   */
  public static CheckedPlugin checkPlugin(Path file, List<Path> directories) {
    PluginCheck.Result found = PluginCheck.of(file, directories);
    return new CheckedPlugin(
        found.services(),
        found.abilities(),
        found.java(),
        found.jars(),
        found.remarks(),
        found.problems());
  }

  /**
   * Writes the lock of a plugin directory: from now on nothing is loaded from it but the jars that
   * are there now.
   *
   * @param directory the plugin directory
   * @return what has changed
   * @throws Gateway.StartException when the directory or a jar in it cannot be read, or no lock be
   *     written
   */
  public static Locked lockPlugins(Path directory) {
    try {
      PluginsLocking locking = PluginsLocking.of(directory);
      return new Locked(locking.file(), locking.jars(), locking.changes());
    } catch (IOException failure) {
      throw new Gateway.StartException(List.of(String.valueOf(failure.getMessage())));
    }
  }

  private Inspector() {}
}

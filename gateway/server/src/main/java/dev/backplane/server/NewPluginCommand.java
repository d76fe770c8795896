package dev.backplane.server;

import dev.backplane.core.Inspector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "plugin",
    description =
        "Writes a Maven project of a plugin that works: a service whose store is in memory, with the"
            + " tests of the contract, to be filled with a backend.",
    mixinStandardHelpOptions = true)
final class NewPluginCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST = 40;

  @Parameters(
      paramLabel = "NAME",
      description = "The name of the service, as mappings will have it: lower-case, such as dice.")
  private @Nullable String name;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where the project goes; it must not exist. Default: NAME")
  private @Nullable Path directory;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "The Java package. Default: com.example.NAME")
  private @Nullable String packageName;

  @Mixin private PluginDirectories plugins = new PluginDirectories();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    String service = Objects.requireNonNull(name);
    String home =
        Optional.ofNullable(packageName).orElse("com.example." + service.replace("-", ""));
    Path project = Optional.ofNullable(directory).orElse(Path.of(service));
    Optional<String> mistake = mistake(service, home, project);
    if (mistake.isPresent()) {
      spec.commandLine().getErr().println(mistake.get());
      return Main.BAD_INPUT;
    }
    new PluginProject(service, home, repository().orElseThrow()).writeTo(project);
    PrintWriter out = spec.commandLine().getOut();
    out.println("The plugin " + service + " is in " + project + ". Now:");
    out.println("  cd " + project);
    out.println("  ./mvnw verify");
    out.println("  backplane plugin check target/plugins/" + service);
    out.println("  backplane serve --plugins target/plugins");
    return CommandLine.ExitCode.OK;
  }

  private Optional<String> mistake(String service, String home, Path project) {
    if (!NAME.matcher(service).matches() || service.length() > LONGEST) {
      return Optional.of(
          "\"%s\" cannot be the name of a service: 1 to %d lower-case letters, digits and single dashes, starting with a letter"
              .formatted(service, LONGEST));
    }
    if (!SourceVersion.isName(home, SourceVersion.RELEASE_21)) {
      return Optional.of(
          "\"%s\" is not the name of a Java package; choose another with --package"
              .formatted(home));
    }
    if (Files.exists(project, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(
          project
              + " is there already, and nothing is written over; choose another with --directory");
    }
    if (repository().isEmpty()) {
      return Optional.of(
          "a plugin needs the SPI and the testkit, which are in the directory repository of an"
              + " installation; run its bin/backplane");
    }
    return Inspector.plugins(plugins.all()).stream()
        .filter(plugin -> plugin.services().contains(service))
        .findFirst()
        .map(plugin ->
            "the service \"%s\" is there already, in %s; choose another name"
                .formatted(service, plugin.origin()));
  }

  /** Where Maven finds the SPI and the testkit: bin/backplane sets the property. */
  private static Optional<Path> repository() {
    return Optional.ofNullable(System.getProperty("backplane.home"))
        .map(home -> Path.of(home, "repository"))
        .filter(Files::isDirectory);
  }
}

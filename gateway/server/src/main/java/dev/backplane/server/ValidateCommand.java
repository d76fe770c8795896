package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.core.Inspector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "validate",
    description = "Checks a mapping with the plugins that it names, and contacts no backend.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The mapping.")
  private @Nullable Path file;

  @Mixin private PluginDirectories plugins = new PluginDirectories();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;

  ValidateCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path mapping = Objects.requireNonNull(file);
    try {
      List<Gateway.Resource> resources =
          Inspector.check(new Gateway.Options(mapping, plugins.all(), environment));
      spec.commandLine().getOut().println(mapping + " is valid: " + summary(resources));
      return CommandLine.ExitCode.OK;
    } catch (Gateway.StartException e) {
      e.problems().forEach(spec.commandLine().getErr()::println);
      return Main.BAD_INPUT;
    }
  }

  private static String summary(List<Gateway.Resource> resources) {
    String services =
        resources.stream()
            .map(Gateway.Resource::service)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return resources.size() == 1
        ? "1 resource, served by " + services
        : resources.size() + " resources, served by " + services;
  }
}

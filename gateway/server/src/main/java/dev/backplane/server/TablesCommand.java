package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.core.Inspector;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "tables",
    description =
        "Prints the tables that a mapping needs as a template of AWS CloudFormation, and contacts no"
            + " backend.",
    mixinStandardHelpOptions = true)
final class TablesCommand implements Callable<Integer> {
  @Mixin private MappingFile mapping = new MappingFile();

  @Mixin private PluginDirectories plugins = new PluginDirectories();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;

  TablesCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    try {
      Inspector.Template template =
          Inspector.template(new Gateway.Options(mapping.path(), plugins.all(), environment));
      command.getOut().print(template.yaml());
      command.getOut().flush();
      if (template.isEmpty()) {
        command.getErr().println(mapping.path() + " needs no tables");
      }
      return CommandLine.ExitCode.OK;
    } catch (Gateway.StartException e) {
      e.problems().forEach(command.getErr()::println);
      return Main.BAD_INPUT;
    }
  }
}

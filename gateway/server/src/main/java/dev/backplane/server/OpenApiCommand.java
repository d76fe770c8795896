package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.core.Inspector;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "openapi",
    description = "Prints the OpenAPI document of what a mapping serves, and contacts no backend.",
    mixinStandardHelpOptions = true)
final class OpenApiCommand implements Callable<Integer> {
  @Mixin private MappingFile mapping = new MappingFile();

  @Mixin private PluginDirectories plugins = new PluginDirectories();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;

  OpenApiCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      byte[] document =
          Inspector.openApi(new Gateway.Options(mapping.path(), plugins.all(), environment));
      out.println(new String(document, StandardCharsets.UTF_8));
      return CommandLine.ExitCode.OK;
    } catch (Gateway.StartException e) {
      e.problems().forEach(spec.commandLine().getErr()::println);
      return Main.BAD_INPUT;
    }
  }
}

package dev.backplane.server;

import dev.backplane.core.Inspector;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "plugins",
    description = "Lists the plugins that were found, and what is wrong with them.",
    mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {
  @Mixin private PluginDirectories plugins = new PluginDirectories();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Inspector.Plugin> found = Inspector.plugins(plugins.all());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SERVICES", "PLUGIN"));
    for (Inspector.Plugin plugin : found) {
      if (!plugin.services().isEmpty()) { // also of one that is broken in part
        rows.add(List.of(String.join(", ", plugin.services()), plugin.origin()));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    Table.print(rows, out);
    List<String> problems =
        found.stream()
            .map(Inspector.Plugin::problem)
            .filter(problem -> !problem.isEmpty())
            .toList();
    problems.forEach(spec.commandLine().getErr()::println);
    return problems.isEmpty() ? CommandLine.ExitCode.OK : Main.BAD_INPUT;
  }
}

package dev.backplane.server;

import dev.backplane.core.Inspector;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description =
        "Says what plugins bring and what is wrong with them, and opens nothing. The names of their"
            + " services should be free among the other plugins, and the plugins.lock of --plugins"
            + " should list them.",
    mixinStandardHelpOptions = true)
final class PluginCheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "A plugin: a jar, or a directory of jars.")
  private List<Path> files = List.of();

  @Mixin private PluginDirectories plugins = new PluginDirectories();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    boolean fine = true;
    for (Path file : files) {
      Inspector.CheckedPlugin checked = Inspector.checkPlugin(file, plugins.all());
      print(file, checked);
      fine &= checked.problems().isEmpty();
    }
    return fine ? CommandLine.ExitCode.OK : Main.BAD_INPUT;
  }

  private void print(Path file, Inspector.CheckedPlugin checked) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<List<String>> rows = new ArrayList<>();
    checked
        .services()
        .forEach((name, type) -> rows.add(List.of("  service", name + " (" + type + ")")));
    if (!checked.abilities().isEmpty()) {
      rows.add(List.of("  implements", String.join(", ", checked.abilities())));
    }
    if (checked.java() > 0) {
      rows.add(List.of("  runs on", "Java " + checked.java() + " or newer"));
    }
    if (checked.jars() > 1) {
      rows.add(List.of("  consists of", checked.jars() + " jars"));
    }
    if (!rows.isEmpty()) {
      out.println(file);
      Table.print(rows, out);
    }
    checked.remarks().forEach(remark -> out.println("  note: " + remark));
    checked.problems().forEach(err::println);
    if (checked.problems().isEmpty()) {
      out.println(file + " is fine");
    }
  }
}

package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.core.Inspector;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "lock",
    description =
        "Writes plugins.lock into each directory of --plugins: the SHA-256 of the jars that are there"
            + " now. From then on no other jar is loaded from it.",
    mixinStandardHelpOptions = true)
final class PluginLockCommand implements Callable<Integer> {
  @Mixin private PluginDirectories plugins = new PluginDirectories();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Path> directories = plugins.given();
    if (directories.isEmpty()) {
      spec.commandLine().getErr().println("name the directory to lock: --plugins DIR");
      return Main.BAD_INPUT;
    }
    int code = CommandLine.ExitCode.OK;
    for (Path directory : directories) {
      try {
        print(Inspector.lockPlugins(directory));
      } catch (Gateway.StartException e) {
        e.problems().forEach(spec.commandLine().getErr()::println);
        code = Main.BAD_INPUT;
      }
    }
    return code;
  }

  private void print(Inspector.Locked locked) {
    PrintWriter out = spec.commandLine().getOut();
    String jars = locked.jars() == 1 ? "1 jar" : locked.jars() + " jars";
    String unchanged = locked.changes().isEmpty() ? ", as before" : "";
    out.println(locked.file() + " lists " + jars + unchanged);
    locked.changes().forEach(change -> out.println("  " + change));
  }
}

package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.core.Inspector;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "explain-access",
    description = {
      "Prints who may do what with each resource, as the mapping comes to in the end; or what"
          + " changes between two mappings. Loads no plugin and contacts no backend."
    },
    mixinStandardHelpOptions = true)
final class ExplainAccessCommand implements Callable<Integer> {
  @Mixin private MappingFile mapping = new MappingFile();

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "Another mapping: prints what changes from that one to this one.")
  private @Nullable Path against;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;

  ExplainAccessCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      List<Inspector.Grant> now = grants(mapping.path());
      if (against == null) {
        Table.print(now.stream().map(ExplainAccessCommand::row).toList(), out);
        return CommandLine.ExitCode.OK;
      }
      List<List<String>> changes = changes(grants(against), now);
      Table.print(changes, out);
      if (changes.isEmpty()) {
        out.println("nothing changes");
      }
      return CommandLine.ExitCode.OK;
    } catch (Gateway.StartException e) {
      e.problems().forEach(spec.commandLine().getErr()::println);
      return Main.BAD_INPUT;
    }
  }

  private List<Inspector.Grant> grants(Path file) {
    return Inspector.grants(new Gateway.Options(file, List.of(), environment));
  }

  private static List<String> row(Inspector.Grant grant) {
    return List.of(grant.resource(), grant.what(), grant.says());
  }

  private static List<List<String>> changes(
      List<Inspector.Grant> before, List<Inspector.Grant> now) {
    Map<List<String>, String> old = byName(before);
    Map<List<String>, String> made = byName(now);
    List<List<String>> changes = new ArrayList<>();
    made.forEach((name, says) -> {
      String was = old.get(name);
      if (was == null) {
        changes.add(List.of("+", name.get(0), name.get(1), says));
      } else if (!was.equals(says)) {
        changes.add(List.of("~", name.get(0), name.get(1), was + " -> " + says));
      }
    });
    old.forEach((name, says) -> {
      if (!made.containsKey(name)) {
        changes.add(List.of("-", name.get(0), name.get(1), says));
      }
    });
    return changes;
  }

  private static Map<List<String>, String> byName(List<Inspector.Grant> grants) {
    Map<List<String>, String> named = new LinkedHashMap<>();
    grants.forEach(grant -> named.put(List.of(grant.resource(), grant.what()), grant.says()));
    return named;
  }
}

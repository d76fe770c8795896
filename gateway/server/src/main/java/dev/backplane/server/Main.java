package dev.backplane.server;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line: {@code backplane serve}, {@code validate}, {@code openapi}, {@code tables},
 * {@code plugins}, {@code plugin check}, {@code plugin lock}, {@code new plugin}, {@code api-key},
 * {@code explain-access}.
 */
@Command(
    name = "backplane",
    description = "One REST API over many data sources.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:a defect of Backplane itself",
      "2:something given to it is wrong: an option, the mapping, a plugin, the port"
    },
    footer =
        "%nAn option of a command can also come from the environment: --port from BACKPLANE_PORT,"
            + " and so on. The command line wins.")
public final class Main {
  static final int BAD_INPUT = CommandLine.ExitCode.USAGE;

  private Main() {}

  /**
   * Runs one command and exits with its code.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(run(System.getenv(), out, err, args));
  }

  /** As {@link #main}, with the environment and the streams given and the code returned. */
  static int run(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
    CommandLine backplane = commandLine(environment).setOut(out).setErr(err);
    EnvironmentDefaults defaults = new EnvironmentDefaults(environment);
    backplane.setDefaultValueProvider(defaults);
    backplane.setParameterExceptionHandler(defaults);
    if (args.length == 0) {
      backplane.usage(err);
      return BAD_INPUT;
    }
    return backplane.execute(args);
  }

  /** Every command with its options, from which docs/configuration.md is made, too. */
  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new Main())
        .addSubcommand(new ServeCommand(environment))
        .addSubcommand(new ValidateCommand(environment))
        .addSubcommand(new OpenApiCommand(environment))
        .addSubcommand(new TablesCommand(environment))
        .addSubcommand(new PluginsCommand())
        .addSubcommand(new PluginCommand())
        .addSubcommand(new NewCommand())
        .addSubcommand(new ApiKeyCommand())
        .addSubcommand(new ExplainAccessCommand(environment));
  }
}

package dev.backplane.server;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Takes an option that is not given from the environment, {@code --port} from BACKPLANE_PORT, and
 * says so when that is where a mistake is.
 */
record EnvironmentDefaults(Map<String, String> environment)
    implements IDefaultValueProvider, IParameterExceptionHandler {
  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return variable(argument).map(environment::get).orElse(null);
  }

  @Override
  public int handleParseException(ParameterException mistake, String[] args) {
    PrintWriter err = mistake.getCommandLine().getErr();
    err.println(mistake.getMessage() + origin(mistake.getArgSpec(), args));
    if (!UnmatchedArgumentException.printSuggestions(mistake, err)) {
      String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
      err.println("Try '" + command + " --help'.");
    }
    return Main.BAD_INPUT;
  }

  private String origin(@Nullable ArgSpec argument, String[] args) {
    if (!(argument instanceof OptionSpec option)) {
      return "";
    }
    boolean isGiven = Arrays.stream(args).anyMatch(arg -> arg.startsWith(option.longestName()));
    return variable(argument)
        .filter(name -> !isGiven && environment.containsKey(name))
        .map(name -> " (it comes from the environment: " + name + ")")
        .orElse("");
  }

  /** The variable of an option; a parameter has none, and neither have help and version. */
  static Optional<String> variable(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return Optional.empty();
    }
    String name = option.longestName().substring(2).replace('-', '_');
    return Optional.of("BACKPLANE_" + name.toUpperCase(Locale.ROOT));
  }
}

package dev.backplane.server;

import dev.backplane.core.ApiKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "api-key",
    description = "Makes keys that let programs in.",
    subcommands = ApiKeyCommand.New.class,
    synopsisSubcommandLabel = "new",
    mixinStandardHelpOptions = true)
final class ApiKeyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return Main.BAD_INPUT;
  }

  @Command(
      name = "new",
      description = {
        "Prints a new key, which is shown this once and kept nowhere, and behind it the entry for"
            + " the file that the mapping names as api-keys."
      },
      mixinStandardHelpOptions = true)
  static final class New implements Callable<Integer> {
    private static final int BYTES = 32;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        required = true,
        description = "Who has the key; the caller's sub.")
    private String name = "";

    @Option(
        names = "--roles",
        paramLabel = "ROLE",
        split = ",",
        description = "The caller's roles. Default: none")
    private List<String> roles = List.of();

    @Option(
        names = "--days",
        paramLabel = "N",
        description = "How many days the key is good for; 0 for ever. Default: 365")
    private int days = 365;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      if (name.isBlank() || days < 0) {
        spec.commandLine().getErr().println("--name needs a text, and --days 0 or more.");
        return Main.BAD_INPUT;
      }
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      String key = "bp_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      Optional<Instant> end =
          days == 0 ? Optional.empty() : Optional.of(in(days, Clock.systemUTC()));
      ApiKey entry = new ApiKey(name, ApiKey.hash(key), new HashSet<>(roles), end);
      spec.commandLine().getOut().println(key);
      spec.commandLine().getOut().println(entry.entry());
      return CommandLine.ExitCode.OK;
    }

    private static Instant in(int days, Clock clock) {
      return clock
          .instant()
          .atZone(ZoneOffset.UTC)
          .toLocalDate()
          .plus(Period.ofDays(days))
          .atStartOfDay(ZoneOffset.UTC)
          .toInstant();
    }
  }
}

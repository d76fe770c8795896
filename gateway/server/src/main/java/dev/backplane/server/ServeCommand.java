package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.telemetry.TelemetryException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "serve",
    description = "Serves the resources of a mapping over HTTP until it is told to end.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Mixin private MappingFile mapping = new MappingFile();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; 0 takes a free one. Default: 8080",
      converter = Port.class)
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = {
        "The address to listen on. Default: 127.0.0.1, which only this machine reaches. Any other"
            + " needs a mapping with authentication; 0.0.0.0 is every network of this machine."
      })
  private String host = "127.0.0.1";

  @Option(
      names = "--open-to-everyone",
      description = {
        "Listens on an address that others reach, though the mapping has no authentication and so"
            + " nobody is asked who they are."
      })
  private boolean openToEveryone;

  @Option(
      names = "--drain",
      paramLabel = "DURATION",
      description = "How long running requests may take to end after SIGTERM. Default: 10s",
      converter = DurationConverter.class)
  private Duration drain = Duration.ofSeconds(10);

  @Option(
      names = "--reload",
      paramLabel = "DURATION",
      description = {
        "How often to look whether the mapping or a plugin has changed, to serve what it says now;"
            + " off for never. Default: 1s"
      },
      converter = Interval.class)
  private Duration reload = Duration.ofSeconds(1);

  @Option(
      names = "--management",
      paramLabel = "[ADDRESS:]PORT",
      description = {
        "Where metrics and build information are to be had; the address is 127.0.0.1 unless given."
            + " Default: nowhere"
      },
      converter = ManagementAddress.Converter.class)
  private @Nullable ManagementAddress management;

  @Mixin private PluginDirectories plugins = new PluginDirectories();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;

  ServeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    boolean watches = !reload.isZero();
    Gateway.Options options =
        new Gateway.Options(
            mapping.path(),
            plugins.all(),
            environment,
            watches ? plugins.given() : List.of(),
            !openToEveryone && !isLoopback(host));
    Callers callers = new Callers();
    Optional<Reloading> reloading =
        watches
            ? Optional.of(new Reloading(options, callers, reload, spec.commandLine().getOut()))
            : Optional.empty();
    Shutdown shutdown = Shutdown.atExit();
    Monitoring monitoring;
    Gateway gateway;
    try {
      monitoring =
          Monitoring.start(environment, Optional.ofNullable(management), mapping.path(), shutdown);
      gateway = start(monitoring.measured(options), callers);
    } catch (TelemetryException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return Main.BAD_INPUT;
    } catch (Gateway.StartException e) {
      e.problems().forEach(spec.commandLine().getErr()::println);
      return Main.BAD_INPUT;
    }
    // Also when the server does not start: the plugins may have started something.
    shutdown.add(() -> Shutdown.close(gateway));
    try {
      monitoring.show(gateway, shutdown);
      HttpServer server = shutdown.add(listen(gateway, callers, monitoring));
      monitoring.announce(spec.commandLine().getOut());
      announce(server, gateway);
      reloading.map(shutdown::add).ifPresent(files -> files.start(gateway, monitoring::reloaded));
      server.join();
    } catch (BindException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return Main.BAD_INPUT;
    }
    return CommandLine.ExitCode.OK;
  }

  private HttpServer listen(Gateway gateway, Callers callers, Monitoring monitoring)
      throws BindException {
    return HttpServer.start(
        config -> gateway.addTo(config, callers),
        new ServerProblems(gateway::crossOriginHeaders),
        monitoring.requests(),
        host,
        port,
        drain);
  }

  private static Gateway start(Gateway.Options options, Callers callers) {
    Gateway gateway = Gateway.start(options);
    try {
      callers.take(gateway.authentication());
      return gateway;
    } catch (Gateway.StartException wrong) {
      gateway.close();
      throw wrong;
    }
  }

  /** Of a name that is none, the server says so itself. */
  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return true;
    }
  }

  private void announce(HttpServer server, Gateway gateway) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Backplane listens on " + server.url());
    List<List<String>> rows = new ArrayList<>();
    for (Gateway.Resource resource : gateway.resources()) {
      String methods = String.join(", ", resource.methods());
      rows.add(List.of("  /api/" + resource.name(), resource.service(), methods));
    }
    Table.print(rows, out);
  }

  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
        throw new TypeConversionException("'" + value + "' is not a port: give 0 to 65535");
      }
      return Integer.valueOf(value);
    }
  }

  static final class Interval implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      if (value.equals("off")) {
        return Duration.ZERO;
      }
      Duration interval = new DurationConverter().convert(value);
      if (interval.isZero()) {
        throw new TypeConversionException("'" + value + "' is no time at all: give 1s, or off");
      }
      return interval;
    }
  }

  static final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)");

    @Override
    public Duration convert(String value) {
      Matcher matcher = DURATION.matcher(value);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'" + value + "' is not a duration: give 500ms, 10s or 2m");
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        default -> Duration.ofMinutes(amount);
      };
    }
  }
}

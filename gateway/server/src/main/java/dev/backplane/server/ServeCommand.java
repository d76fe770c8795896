package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.log.Loggers;
import dev.backplane.telemetry.TelemetryException;
import java.io.IOException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

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
      names = "--notice",
      paramLabel = "DURATION",
      description = {
        "How long after SIGTERM all is served on while /health/ready says 503, so that load"
            + " balancers send requests elsewhere before the port closes. Default: 0s"
      },
      converter = DurationConverter.class)
  private Duration notice = Duration.ZERO;

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
            + " Default: none"
      },
      converter = ManagementAddress.Converter.class)
  private @Nullable ManagementAddress management;

  @Mixin private LogOptions logs = new LogOptions();

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description = {
        "How many requests are answered at once; those beyond get a 503. When it is left out, as many"
            + " as bodies of the largest size in a quarter of the memory, from 16 to 1024."
      },
      converter = Count.class)
  private @Nullable Integer maxRequests;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = {
        "How many connections may be open; those beyond are closed. When it is left out, one for"
            + " every 128 KB of the memory, from 256 to 10000."
      },
      converter = Count.class)
  private @Nullable Integer maxConnections;

  @Mixin private PluginDirectories plugins = new PluginDirectories();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;
  private Console console = Console.NONE;

  ServeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    boolean watches = !reload.isZero();
    Loggers.use(logs.format());
    console = new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), logs.format());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> LOG.error("The thread {} ended", thread.getName(), failure));
    Gateway.Options options =
        new Gateway.Options(
            mapping.path(),
            plugins.all(),
            environment,
            watches ? plugins.given() : List.of(),
            !openToEveryone && !isLoopback(host));
    Callers callers = new Callers();
    Limits limits = new Limits();
    Optional<Reloading> reloading =
        watches
            ? Optional.of(new Reloading(options, callers, limits, reload, console))
            : Optional.empty();
    Shutdown shutdown = Shutdown.atExit();
    Monitoring monitoring;
    Gateway gateway;
    try {
      monitoring =
          Monitoring.start(environment, Optional.ofNullable(management), mapping.path(), shutdown);
      gateway = start(monitoring.measured(options), callers);
      limits.take(gateway.rateLimits());
    } catch (TelemetryException e) {
      console.complain(List.of(String.valueOf(e.getMessage())));
      return Main.BAD_INPUT;
    } catch (Gateway.StartException e) {
      console.complain(e.problems());
      return Main.BAD_INPUT;
    }
    // Also when the server does not start: the plugins may have started something.
    shutdown.add(() -> Shutdown.close(gateway));
    try {
      monitoring.show(gateway, shutdown);
      Optional<AccessLog> accessLog = logs.openAccessLog().map(shutdown::add);
      HttpServer server = shutdown.add(listen(gateway, callers, limits, accessLog, monitoring));
      monitoring.announce(console);
      announce(server, gateway);
      reloading.map(shutdown::add).ifPresent(files -> files.start(gateway, monitoring::reloaded));
      shutdown.add(new Notice(gateway, notice)); // last, as it comes before all other ends
      server.join();
    } catch (IOException e) {
      console.complain(List.of(String.valueOf(e.getMessage())));
      return Main.BAD_INPUT;
    }
    return CommandLine.ExitCode.OK;
  }

  private HttpServer listen(
      Gateway gateway,
      Callers callers,
      Limits limits,
      Optional<AccessLog> accessLog,
      Monitoring monitoring)
      throws BindException {
    return HttpServer.start(
        config -> {
          gateway.addTo(config, callers, limits);
          accessLog.ifPresent(log -> log.of(config));
        },
        new ServerProblems(gateway::crossOriginHeaders),
        bounds(gateway, limits),
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

  private Bounds bounds(Gateway gateway, Limits limits) {
    long memory = Runtime.getRuntime().maxMemory();
    return new Bounds(
        limits,
        maxRequests != null ? maxRequests : Bounds.requests(memory, gateway.maxBodySize()),
        maxConnections != null ? maxConnections : Bounds.connections(memory));
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
    console.say("Backplane listens on " + server.url());
    List<List<String>> rows = new ArrayList<>();
    for (Gateway.Resource resource : gateway.resources()) {
      String methods = String.join(", ", resource.methods());
      rows.add(List.of("  /api/" + resource.name(), resource.service(), methods));
    }
    Table.lines(rows).forEach(console::say);
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

  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("[1-9][0-9]{0,5}")) {
        throw new TypeConversionException("'" + value + "' is no such number: give 1 to 999999");
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

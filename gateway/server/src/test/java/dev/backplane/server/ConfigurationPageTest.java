package dev.backplane.server;

import static dev.backplane.core.docs.GeneratedPart.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.docs.GeneratedPart;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What docs/configuration.md says of the server and of the plugins is made from their code. */
class ConfigurationPageTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path LAUNCHER = Path.of("src", "main", "distribution", "bin", "backplane");
  private static final Pattern DEFAULT = Pattern.compile("Default: ([^ ,]+)");
  private static final Pattern VARIABLE =
      Pattern.compile("\"((?:BACKPLANE|AWS|ACTIVE|OTEL)_[A-Z_0-9]*[A-Z])\"");

  @Test
  void page_whenCompared_hasEveryOption() throws IOException {
    Map<List<String>, List<String>> commands = new LinkedHashMap<>();
    collect(Main.commandLine(Map.of()), commands);

    List<List<String>> rows = new ArrayList<>();
    commands.forEach((cells, names) -> {
      List<String> row = new ArrayList<>(cells);
      row.add(3, names.stream().map(name -> code(name)).collect(Collectors.joining(", ")));
      rows.add(row);
    });
    List<String> heads = List.of("option", "variable", "when left out", "of", "meaning");
    new GeneratedPart("options").check(GeneratedPart.table(heads, rows));
  }

  /** Options that are the same for several commands have one row. */
  private static void collect(CommandLine command, Map<List<String>, List<String>> rows) {
    CommandSpec spec = command.getCommandSpec();
    Stream.concat(spec.positionalParameters().stream(), spec.options().stream())
        .filter(each -> !(each instanceof OptionSpec option && isOfAll(option)))
        .forEach(each ->
            rows.computeIfAbsent(row(each), cells -> new ArrayList<>())
                .add(spec.qualifiedName().replaceFirst("backplane ", "")));
    command.getSubcommands().values().forEach(inner -> collect(inner, rows));
  }

  private static boolean isOfAll(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  private static List<String> row(ArgSpec argument) {
    String meaning = String.join(" ", argument.description());
    Matcher stated = DEFAULT.matcher(meaning);
    String fallback = stated.find() ? stated.group(1) : "";
    checkDefault(argument, fallback);
    if (!fallback.isEmpty() && stated.hitEnd()) {
      meaning = meaning.substring(0, stated.start()).strip();
    }
    String left = argument.required() ? "needed" : fallback.equals("none") ? "" : code(fallback);
    return List.of(
        code(name(argument)),
        code(EnvironmentDefaults.variable(argument).orElse("")),
        left,
        meaning.replace("<", "&lt;"));
  }

  private static String name(ArgSpec argument) {
    String label = argument.paramLabel();
    return switch (argument) {
      case OptionSpec flag when flag.arity().max() == 0 -> flag.longestName();
      case OptionSpec option -> option.longestName() + " " + label;
      case PositionalParamSpec several when several.arity().max() > 1 -> label + "...";
      default -> label;
    };
  }

  /** The default that the description states is the one that holds. */
  private static void checkDefault(ArgSpec argument, String stated) {
    Object real = argument.initialValue();
    boolean isNothing =
        real == null
            || real.equals(Optional.empty())
            || real.equals(List.of())
            || real.equals(false)
            || real.equals("");
    if (isNothing) {
      return;
    }
    assertThat(stated).as("the default in the description of %s", name(argument)).isNotEmpty();
    String option = ((OptionSpec) argument).longestName();
    OptionSpec typed = (OptionSpec) argument;
    CommandLine alone =
        new CommandLine(
            CommandSpec.create().addOption(OptionSpec.builder(typed).required(false).build()));
    Object parsed = alone.parseArgs(option, stated).matchedOptionValue(option, null);
    assertThat(parsed).as("the default in the description of %s", option).isEqualTo(real);
  }

  @Test
  void page_whenCompared_hasEveryVariable() throws IOException {
    String launcher = Files.readString(LAUNCHER);
    Map<String, String> meanings = new TreeMap<>();
    Pattern.compile("(?m)^# ([A-Z_]+): (.*)$")
        .matcher(launcher)
        .results()
        .forEach(line -> meanings.put(line.group(1), line.group(2)));
    Set<String> read =
        Pattern.compile("\\$\\{([A-Z_]+)[-}]")
            .matcher(launcher)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    read.remove("HOME"); // where Java is looked for
    assertThat(meanings.keySet()).isEqualTo(read);

    ServerVariables.ALL.forEach(variable -> meanings.put(variable.name(), variable.meaning()));
    List<List<String>> rows = new ArrayList<>();
    meanings.forEach((name, meaning) -> rows.add(List.of(code(name), meaning)));
    new GeneratedPart("server variables")
        .check(GeneratedPart.table(List.of("variable", "meaning"), rows));
  }

  /** Whatever reads a variable past the lists would be found here. */
  @Test
  void sources_whenTheyNameAVariable_nameOneOfThePage() throws IOException {
    String page = Files.readString(GeneratedPart.PAGE);
    List<String> found = new ArrayList<>();
    for (String folder : List.of("gateway", "plugins")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        for (Path file : files.filter(ConfigurationPageTest::isSource).toList()) {
          found.addAll(
              VARIABLE.matcher(Files.readString(file)).results().map(MatchResult::group).toList());
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(5);
    assertThat(found)
        .extracting(each -> each.replace('"', '`'))
        .allSatisfy(each -> assertThat(page).contains(each));
  }

  private static boolean isSource(Path file) {
    String path = file.toString();
    return path.contains("/src/main/java/")
        && path.endsWith(".java")
        && !path.contains("localstack-fixture")
        && !path.contains("/image/");
  }

  @Test
  void page_whenCompared_hasEverySettingOfEveryPlugin(@TempDir Path directory) throws IOException {
    Map<String, Service> services = new TreeMap<>();
    ServiceLoader.load(Service.class).forEach(each -> services.put(each.name(), each));
    services.keySet().retainAll(plugins());
    assertThat(services.keySet()).isEqualTo(plugins());

    StringBuilder made = new StringBuilder();
    for (var service : services.entrySet()) {
      Path readme = ROOT.resolve("plugins").resolve(service.getKey()).resolve("README.md");
      Map<String, String> settings =
          SettingsProbe.of(service.getValue(), needed(service.getKey()), directory).settings();
      String link = "../plugins/" + service.getKey() + "/README.md";
      made.append("### [").append(service.getKey()).append("](").append(link).append(")\n\n");
      made.append(SettingsTable.read(readme).with(settings)).append('\n');
    }
    new GeneratedPart("settings").check(made.toString().stripTrailing() + "\n");
  }

  private static JsonObject needed(String service) {
    Map<String, String> values =
        switch (service) {
          case "dynamodb" -> Map.of("region", "eu-west-1");
          case "http" -> Map.of("url", "http://localhost:1");
          case "jdbc" -> Map.of("url", "jdbc:h2:mem:probe");
          case "s3" -> Map.of("region", "eu-west-1", "bucket", "probe");
          default -> Map.of();
        };
    JsonObject.Builder needed = JsonObject.builder();
    values.forEach((key, value) -> needed.put(key, new JsonString(value)));
    return needed.build();
  }

  /** What the distribution brings. */
  private static Set<String> plugins() throws IOException {
    String assembly = Files.readString(Path.of("src", "main", "assembly", "directory.xml"));
    return Pattern.compile("<outputDirectory>plugins/([a-z0-9]+)</outputDirectory>")
        .matcher(assembly)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

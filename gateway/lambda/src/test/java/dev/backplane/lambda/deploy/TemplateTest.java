package dev.backplane.lambda.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The template keeps what cfn-lint does not look at. */
class TemplateTest {
  /** Set by Lambda itself. */
  private static final Set<String> OF_LAMBDA = Set.of("AWS_REGION");

  /** Read by the function, not through the mapping; or by mappings other than the example. */
  private static final Set<String> OF_OTHERS = Set.of("BACKPLANE_MAPPING", "ALLOWED_ORIGIN");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(:[^}]*)?}");

  /** A call of DynamoDB with a request; an accessor of the same name has no argument. */
  private static final Pattern CALL =
      Pattern.compile(
          "\\.\\s*((?:get|put|update|delete)Item|(?:batch|transact)(?:Get|Write)Items?|query|scan"
              + "|(?:create|describe|update|delete|list)Tables?|describeTimeToLive)\\((?!\\))");

  private final Tree template = Tree.file("template.yaml");
  private final Tree function = template.at("Resources", "Function", "Properties");

  @Test
  void template_keepsTheRules() {
    assertThat(Rules.breaches(template)).isEmpty();
  }

  @Test
  void handler_isAClassOfTheFunction() throws ReflectiveOperationException {
    String[] handler = function.get("Handler").text().split("::");

    Class<?> type = Class.forName(handler[0]);

    assertThat(type).isAssignableTo(RequestStreamHandler.class);
    assertThat(type.getConstructor()).isNotNull();
    assertThat(handler[1]).isEqualTo("handleRequest");
  }

  @Test
  void functionRole_mayDoWhatThePluginCalls() throws IOException {
    Set<String> called = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Tree.ROOT.resolve("plugins/dynamodb/src/main/java"))) {
      // What makes the table on a developer's machine never runs in the function.
      for (Path source :
          sources
              .filter(path -> path.toString().endsWith(".java"))
              .filter(path -> !path.endsWith("LocalTable.java"))
              .toList()) {
        CALL.matcher(Files.readString(source))
            .results()
            .map(call -> call.group(1))
            // allowed by the rights to what is in the transaction; it has none of its own
            .filter(call -> !call.equals("transactWriteItems"))
            .map(call -> "dynamodb:" + Character.toUpperCase(call.charAt(0)) + call.substring(1))
            .forEach(called::add);
      }
    }

    assertThat(called).containsExactlyInAnyOrderElementsOf(PermissionRules.TABLE_ACTIONS);
  }

  @Test
  void documentation_namesEveryParameter() {
    String page = Tree.read("docs/deploy.md");
    Set<String> ofThePipeline = Set.of("PermissionsBoundary", "RolloutPermissionsBoundary");

    assertThat(template.get("Parameters").members().stream().map(Tree::name))
        .filteredOn(name -> !ofThePipeline.contains(name))
        .allSatisfy(name -> assertThat(page).containsPattern("\\b" + name + "\\b"));
  }

  @Test
  void runtime_isTheJavaThatBuildsAndTests() {
    String java =
        Tree.file("buildspec.yaml").at("phases", "install", "runtime-versions", "java").text();

    assertThat(function.get("Runtime").text().replace("java", "corretto")).isEqualTo(java);
  }

  @Test
  void mapping_findsEveryVariableInTheFunction_whenItHasNoDefault() {
    Matcher variable = VARIABLE.matcher(Tree.read("mapping.yaml"));
    Set<String> needed = new TreeSet<>();
    Set<String> known = new TreeSet<>(OF_OTHERS);
    while (variable.find()) {
      known.add(variable.group(1));
      if (variable.group(2) == null) {
        needed.add(variable.group(1));
      }
    }
    needed.removeAll(OF_LAMBDA);
    List<String> given =
        function.at("Environment", "Variables").members().stream().map(Tree::name).toList();

    assertThat(given).containsAll(needed);
    assertThat(known).as("what the function is given, it reads").containsAll(given);
  }

  @Test
  void mapping_usesTheTemplatesTables() {
    Map<String, String> tables = Map.of("users", "${UsersTable}");
    Tree variables = function.at("Environment", "Variables");

    for (Tree resource : Tree.file("mapping.yaml").get("resources").members()) {
      if (!resource.get("service").text().equals("dynamodb")) {
        continue;
      }
      Matcher table = VARIABLE.matcher(resource.at("settings", "table").text());
      assertThat(table.matches()).as("%s: a table by name", resource.path()).isTrue();
      assertThat(variables.get(table.group(1)).text()).isEqualTo(tables.get(resource.name()));
    }
  }

  @Test
  void mapping_hasTheTablesKey() {
    Tree table = template.at("Resources", "UsersTable", "Properties");

    assertThat(table.get("KeySchema").items())
        .singleElement()
        .extracting(key -> key.get("AttributeName").text())
        .isEqualTo(Tree.file("mapping.yaml").at("resources", "users", "settings", "key").text());
  }
}

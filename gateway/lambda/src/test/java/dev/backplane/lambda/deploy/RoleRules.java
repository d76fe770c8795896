package dev.backplane.lambda.deploy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each role of the application may do, and what the pipeline may do to the application. */
final class RoleRules {
  private static final String SCAN = "dynamodb:Scan";
  private static final Set<String> ROLLOUT =
      Set.of(
          "lambda:GetAlias",
          "lambda:UpdateAlias",
          "lambda:GetProvisionedConcurrencyConfig",
          "cloudwatch:DescribeAlarms");

  private RoleRules() {}

  static void check(Rules rules) {
    Tree policies = rules.properties("FunctionRole").get("Policies");
    tables(rules, policies);
    logs(rules, policies);
    Tree uri = rules.properties("Function").at("Environment", "Variables", "BACKPLANE_MAPPING");
    rules.require(
        uri.branch(true).text().equals("s3://${MappingBucket}/${MappingKey}")
            && uri.branch(false).branch(true).text().equals("ssm://${MappingParameter}")
            && uri.branch(false).branch(false).text().equals("${Mapping}"),
        "the function looks for its mapping where it may not read");
    mapping(
        rules, policies, "MappingIsInBucket", "s3:GetObject", ":::${MappingBucket}/${MappingKey}");
    mapping(
        rules,
        policies,
        "MappingIsInParameter",
        "ssm:GetParameter",
        ":parameter${MappingParameter}");
    rollout(rules);
    pipeline(rules);
  }

  /**
   * What the plugin calls for the resources of the mapping: those of tables that are never read
   * whole do not scan.
   */
  private static Set<String> tableActions(Tree mapping) {
    Tree shared = mapping.at("services", "dynamodb", "settings", "allow-scan");
    boolean scans =
        mapping.get("resources").members().stream()
            .filter(resource -> resource.get("service").text().equals("dynamodb"))
            .map(resource -> resource.at("settings", "allow-scan"))
            .map(own -> own.exists() ? own : shared)
            .anyMatch(allowed -> !allowed.text().equals("false"));
    return PermissionRules.TABLE_ACTIONS.stream()
        .filter(action -> scans || !action.equals(SCAN))
        .collect(Collectors.toSet());
  }

  private static void tables(Rules rules, Tree policies) {
    Set<String> wanted = tableActions(rules.mapping());
    boolean queriesIndexes = false;
    for (Tree statement : PermissionRules.statements(policies).toList()) {
      List<String> actions = statement.get("Action").texts();
      if (actions.stream().noneMatch(action -> action.startsWith("dynamodb:"))) {
        continue;
      }
      List<String> resources = statement.get("Resource").texts();
      boolean indexes = resources.equals(List.of("${UsersTable.Arn}/index/*"));
      rules.require(
          Set.copyOf(actions).equals(indexes ? Set.of("dynamodb:Query") : wanted),
          "the function may do other than it does");
      rules.require(
          indexes || resources.equals(List.of("${UsersTable.Arn}")),
          "the function may use other tables");
      queriesIndexes |= indexes;
    }
    rules.require(queriesIndexes, "the function may not use the table's indexes");
    rules.require(
        PermissionRules.actions(rules.properties("FunctionBoundary"))
            .containsAll(PermissionRules.actions(policies)),
        "the boundary takes from the function what it needs");
  }

  /**
   * The function writes where it may: its role and the boundary name the group that it is told of.
   */
  private static void logs(Rules rules, Tree policies) {
    String group = rules.properties("Function").at("LoggingConfig", "LogGroup").text();
    rules.require(
        resources(policies, "logs:PutLogEvents").equals(List.of(group.replace("}", ".Arn}"))),
        "the function may not write its log, or others too");
    String name = name(rules, group.replaceAll("[${}]", ""), "LogGroupName");
    List<String> most = resources(rules.properties("FunctionBoundary"), "logs:PutLogEvents");
    rules.require(
        most.size() == 1
            && most.getFirst()
                .endsWith(
                    ":log-group:" + name.replace("AWS::StackName", "ApplicationStack") + ":*"),
        "the boundary takes from the function its log");
  }

  private static List<String> resources(Tree place, String action) {
    return PermissionRules.statements(place)
        .filter(statement -> statement.get("Action").texts().contains(action))
        .flatMap(statement -> statement.get("Resource").texts().stream())
        .toList();
  }

  /** The right to read the mapping where it is: in the role and the boundary, and only then. */
  private static void mapping(
      Rules rules, Tree policies, String condition, String action, String resource) {
    Tree boundary = rules.properties("FunctionBoundary").at("PolicyDocument", "Statement");
    for (Tree place : List.of(policies, boundary)) {
      List<Tree> unasked =
          place.items().stream()
              .filter(one -> !isFor(one, condition))
              .flatMap(PermissionRules::statements)
              .filter(one -> one.get("Action").texts().contains(action))
              .toList();
      rules.require(unasked.isEmpty(), place.path() + " has " + action + " without a need");
      List<Tree> asked =
          place.items().stream()
              .filter(one -> isFor(one, condition))
              .flatMap(PermissionRules::statements)
              .toList();
      rules.require(
          asked.size() == 1
              && asked.getFirst().get("Action").texts().equals(List.of(action))
              && asked.getFirst().get("Resource").texts().size() == 1
              && asked.getFirst().get("Resource").text().endsWith(resource),
          place.path() + " lets read more than the mapping, or not that: " + condition);
    }
  }

  private static boolean isFor(Tree statement, String condition) {
    List<Tree> parts = statement.get("Fn::If").items();
    return !parts.isEmpty() && parts.getFirst().text().equals(condition);
  }

  private static void rollout(Rules rules) {
    Tree policies = rules.properties("RolloutRole").get("Policies");
    rules.require(
        ROLLOUT.equals(new TreeSet<>(PermissionRules.actions(policies))),
        "CodeDeploy may do other than move the alias");
    rules.require(
        PermissionRules.actions(rules.properties("RolloutBoundary"))
            .containsAll(PermissionRules.actions(policies)),
        "the boundary takes from CodeDeploy what it needs");
  }

  /** The names that the application gives must be those that the pipeline may work on. */
  private static void pipeline(Rules rules) {
    Tree role = rules.properties("ApplicationRole").get("Policies");
    List<String> resources =
        PermissionRules.statements(role)
            .flatMap(one -> one.get("Resource").texts().stream())
            .toList();
    Stream.of(
            "table/" + name(rules, "UsersTable", "TableName"),
            "log-group:" + name(rules, "FunctionLogs", "LogGroupName"),
            "log-group:" + name(rules, "AccessLogs", "LogGroupName"),
            "secret:" + name(rules, "CursorSecret", "Name"),
            "layer:" + name(rules, "PluginLayer", "LayerName"),
            name(rules, "AlarmTopic", "TopicName"),
            "alarm:${AWS::StackName}-",
            "application:${AWS::StackName}-ServerlessDeploymentApplication-",
            "deploymentgroup:${AWS::StackName}-ServerlessDeploymentApplication-",
            "function:${AWS::StackName}-Function-",
            "role/${AWS::StackName}-FunctionRole-",
            "role/${AWS::StackName}-RolloutRole-")
        .map(name -> name.replace("AWS::StackName", "ApplicationStack"))
        .forEach(wanted ->
            rules.require(
                resources.stream().anyMatch(resource -> resource.contains(":" + wanted)),
                "the pipeline may not work on " + wanted));
    rules.require(
        !PermissionRules.actions(role).contains("dynamodb:DeleteTable"),
        "the pipeline may delete the users");
  }

  private static String name(Rules rules, String resource, String property) {
    return rules.properties(resource).get(property).text();
  }
}

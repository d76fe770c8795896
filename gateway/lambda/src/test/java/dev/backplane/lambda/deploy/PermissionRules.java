package dev.backplane.lambda.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Least privilege: who may do what to what. */
final class PermissionRules {
  /** What the DynamoDB plugin calls. */
  static final Set<String> TABLE_ACTIONS =
      Set.of(
          "dynamodb:GetItem",
          "dynamodb:BatchGetItem",
          "dynamodb:PutItem",
          "dynamodb:BatchWriteItem",
          "dynamodb:UpdateItem",
          "dynamodb:DeleteItem",
          "dynamodb:Query",
          "dynamodb:Scan",
          "dynamodb:DescribeTable");

  /** Actions that IAM can grant for all resources only. */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of(
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "secretsmanager:GetRandomPassword");

  /** Resources whose names are not ours to choose, with the reason. */
  private static final Map<String, String> UNNAMED =
      Map.of(
          "${AWS::Region}::/restapis", "API Gateway gives ids, not names",
          "${AWS::Region}::/restapis/*", "API Gateway gives ids, not names",
          "${AWS::Region}::/tags/*", "tags go by the ids of API Gateway",
          "${AWS::Region}:aws:transform/Serverless-2016-10-31", "of AWS",
          "stack/aws-sam-cli-managed-default/*", "SAM's one stack in the account",
          ":kms:${AWS::Region}:${AWS::AccountId}:key/*",
              "AWS made DynamoDB's key; a boundary only");

  private static final Set<String> GIVES_RIGHTS =
      Set.of(
          "iam:CreateRole",
          "iam:PutRolePolicy",
          "iam:AttachRolePolicy",
          "iam:PutRolePermissionsBoundary",
          "iam:DeleteRolePolicy");

  private PermissionRules() {}

  static void check(Rules rules) {
    rules.ofType("AWS::IAM::Role").forEach(role -> role(rules, role));
    statements(rules.template().get("Resources")).forEach(statement -> statement(rules, statement));
    functionRole(rules);
    applicationRole(rules);
  }

  /** Everything that grants actions, in roles and in policies of their own. */
  static Stream<Tree> statements(Tree place) {
    return place.all().filter(statement -> statement.get("Action").exists());
  }

  static List<String> actions(Tree place) {
    return statements(place).flatMap(one -> one.get("Action").texts().stream()).toList();
  }

  private static void role(Rules rules, Tree role) {
    rules.require(
        !role.at("Properties", "ManagedPolicyArns").exists(),
        role.name() + " has a policy of AWS, which is wider than needed");
  }

  private static void statement(Rules rules, Tree statement) {
    if (statement.get("Principal").exists()) {
      rules.require(
          statement.get("Principal").all().noneMatch(who -> who.text().contains("*")),
          statement.path() + " trusts everyone");
      return;
    }
    List<String> actions = statement.get("Action").texts();
    for (String action : actions) {
      rules.require(action.matches("[a-z0-9]+:[A-Za-z]+"), statement.path() + " grants " + action);
    }
    rules.require(!statement.get("NotAction").exists(), statement.path() + " has NotAction");
    List<String> resources = statement.get("Resource").texts();
    rules.require(!resources.isEmpty(), statement.path() + " names no resource");
    for (String resource : resources) {
      rules.require(
          narrow(resource) || resource.equals("*") && WITHOUT_RESOURCE.containsAll(actions),
          statement.path() + " is about all of " + resource);
    }
    if (actions.contains("iam:PassRole")) {
      rules.require(
          statement.at("Condition", "StringEquals", "iam:PassedToService").exists(),
          statement.path() + " passes roles to any service");
    }
    if (actions.stream().anyMatch(GIVES_RIGHTS::contains)) {
      rules.require(
          statement
              .at("Condition", "StringEquals", "iam:PermissionsBoundary")
              .text()
              .equals("${FunctionBoundary}"),
          statement.path() + " gives rights without a boundary");
    }
  }

  /** Whether a resource is one of this template's, or carries a stack's name. */
  private static boolean narrow(String resource) {
    if (UNNAMED.keySet().stream().anyMatch(resource::endsWith)) {
      return true;
    }
    return resource.matches("\\$\\{\\w+(\\.Arn)?}(/index/\\*)?")
        || resource.matches("arn:.*[:/]\\$\\{(ApplicationStack|AWS::StackName)}([-/:].*)?");
  }

  private static void functionRole(Rules rules) {
    Tree role = rules.properties("FunctionRole");
    boolean queriesIndexes = false;
    for (Tree statement : statements(role.get("Policies")).toList()) {
      List<String> actions = statement.get("Action").texts();
      if (actions.stream().noneMatch(action -> action.startsWith("dynamodb:"))) {
        continue;
      }
      List<String> resources = statement.get("Resource").texts();
      boolean indexes = resources.equals(List.of("${UsersTable.Arn}/index/*"));
      rules.require(
          Set.copyOf(actions).equals(indexes ? Set.of("dynamodb:Query") : TABLE_ACTIONS),
          "the function may do other than it does");
      rules.require(
          indexes || resources.equals(List.of("${UsersTable.Arn}")),
          "the function may use other tables");
      queriesIndexes |= indexes;
    }
    rules.require(queriesIndexes, "the function may not use the table's indexes");
    List<String> boundary = actions(rules.properties("FunctionBoundary"));
    rules.require(
        boundary.containsAll(actions(role.get("Policies"))),
        "the boundary takes from the function what it needs");
  }

  /** The names that the application gives must be those that the pipeline may work on. */
  private static void applicationRole(Rules rules) {
    Tree role = rules.properties("ApplicationRole").get("Policies");
    List<String> resources =
        statements(role).flatMap(one -> one.get("Resource").texts().stream()).toList();
    Map<String, String> named =
        Map.of(
            "table/", rules.properties("UsersTable").get("TableName").text(),
            "log-group:", rules.properties("FunctionLogs").get("LogGroupName").text(),
            "secret:", rules.properties("CursorSecret").get("Name").text(),
            "layer:", rules.properties("PluginLayer").get("LayerName").text(),
            "function:", "${AWS::StackName}-Function-",
            "role/", "${AWS::StackName}-FunctionRole-");
    named.forEach((kind, name) -> {
      String wanted = kind + name.replace("AWS::StackName", "ApplicationStack");
      rules.require(
          resources.stream().anyMatch(resource -> resource.contains(":" + wanted)),
          "the pipeline may not work on " + wanted);
    });
    rules.require(
        !actions(role).contains("dynamodb:DeleteTable"), "the pipeline may delete the users");
  }
}

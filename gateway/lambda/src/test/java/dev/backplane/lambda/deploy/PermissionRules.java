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
          "logs:CreateLogDelivery",
          "logs:GetLogDelivery",
          "logs:UpdateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:ListLogDeliveries",
          "secretsmanager:GetRandomPassword",
          "xray:PutTraceSegments",
          "xray:PutTelemetryRecords");

  /** Resources whose names are not ours to choose, with the reason. */
  private static final Map<String, String> UNNAMED =
      Map.of(
          "${AWS::Region}::/(rest)?apis(/\\*)?", "API Gateway gives ids, not names",
          "${AWS::Region}::/tags/\\*", "tags go by the ids of API Gateway",
          "${AWS::Region}:aws:transform/Serverless-2016-10-31", "of AWS",
          "stack/aws-sam-cli-managed-default/\\*", "SAM's one stack in the account",
          ":kms:${AWS::Region}:${AWS::AccountId}:key/\\*",
              "AWS made DynamoDB's key; a boundary only",
          ":alarm:\\*", "a list of alarms is one of all; reading only",
          "deploymentconfig:CodeDeployDefault.Lambda\\*", "of AWS; reading only",
          "/AWSServiceRoleForAPIGateway", "API Gateway's one role in the account",
          ":s3:::${MappingBucket}/${MappingKey}", "the one object that a parameter names",
          ":parameter${MappingParameter}", "the one parameter that a parameter names");

  /** The reading that the alarms' wildcard is for. */
  private static final Set<String> ALARM_READING = Set.of("cloudwatch:DescribeAlarms");

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
    RoleRules.check(rules);
  }

  /** Everything that grants actions, in roles and in policies of their own. */
  static Stream<Tree> statements(Tree place) {
    return place.all().filter(statement -> statement.get("Action").exists());
  }

  static List<String> actions(Tree place) {
    return statements(place).flatMap(one -> one.get("Action").texts().stream()).toList();
  }

  private static void role(Rules rules, Tree role) {
    List<String> managed = role.at("Properties", "ManagedPolicyArns").texts();
    boolean asked =
        role.name().equals("RestApiLogsRole")
            && role.get("Condition").text().equals("IsAccount")
            && managed.size() == 1
            && managed.getFirst().endsWith("/AmazonAPIGatewayPushToCloudWatchLogs");
    rules.require(
        managed.isEmpty() || asked,
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
    rules.require(
        resources.stream().noneMatch(resource -> resource.endsWith(":alarm:*"))
            || ALARM_READING.containsAll(actions),
        statement.path() + " is about the alarms of others");
    if (actions.stream().anyMatch(GIVES_RIGHTS::contains)) {
      String boundary = statement.at("Condition", "StringEquals", "iam:PermissionsBoundary").text();
      String role = boundary.replaceAll("[${}]|Boundary", "");
      rules.require(
          !role.isEmpty()
              && resources.stream().allMatch(name -> name.endsWith("-" + role + "Role-*")),
          statement.path() + " gives rights without a boundary");
    }
  }

  /** Whether a resource is one of this template's, or carries a stack's name. */
  private static boolean narrow(String resource) {
    if (UNNAMED.keySet().stream()
        .map(end -> ".*" + end.replace("${", "\\$\\{"))
        .anyMatch(resource::matches)) {
      return true;
    }
    return resource.matches("\\$\\{\\w+(\\.Arn)?}(/index/\\*|:\\*)?")
        || resource.matches("arn:.*[:/]\\$\\{(ApplicationStack|AWS::StackName)}([-/:].*)?");
  }
}

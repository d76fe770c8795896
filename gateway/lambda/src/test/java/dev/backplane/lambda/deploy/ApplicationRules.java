package dev.backplane.lambda.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds for the API, the function and its table. */
final class ApplicationRules {
  private static final int API_GATEWAY_SECONDS = 29;
  private static final int SNAP_START_TMP_MEGABYTES = 512;
  private static final Map<String, Set<String>> CONDITIONS =
      Map.of(
          "IsApplication", Set.of("application"),
          "IsPipeline", Set.of("pipeline"),
          "CreatesCredential", Set.of("pipeline"),
          "CreatesPluginLayer", Set.of("application"));

  private ApplicationRules() {}

  static void check(Rules rules) {
    for (Tree resource : rules.template().get("Resources").members()) {
      rules.require(
          CONDITIONS.containsKey(resource.get("Condition").text()),
          resource.name() + " belongs to no part");
    }
    rules.ofType("AWS::Serverless::Function").forEach(function -> function(rules, function));
    rules.ofType("AWS::DynamoDB::Table").forEach(table -> table(rules, table));
    routes(rules);
  }

  private static void function(Rules rules, Tree function) {
    Tree properties = function.get("Properties");
    String name = function.name();
    String timeout = properties.get("Timeout").text();
    rules.require(
        timeout.matches("\\d+") && Integer.parseInt(timeout) < API_GATEWAY_SECONDS,
        name + " may outlast API Gateway");
    if (properties.get("SnapStart").exists()) {
      rules.require(
          !properties.get("ProvisionedConcurrencyConfig").exists(),
          name + " has SnapStart and provisioned concurrency");
      String tmp = properties.at("EphemeralStorage", "Size").text();
      rules.require(
          tmp.isEmpty() || tmp.equals(String.valueOf(SNAP_START_TMP_MEGABYTES)),
          name + " has SnapStart and a larger /tmp");
      rules.require(
          properties.get("AutoPublishAlias").exists(),
          name + " has SnapStart and publishes no version");
    }
    rules.require(
        properties.get("Role").exists() && !properties.get("Policies").exists(),
        name + " has a role of SAM's making");
    rules.require(
        properties.at("LoggingConfig", "LogGroup").exists(), name + " logs without retention");
  }

  private static void table(Rules rules, Tree table) {
    Tree properties = table.get("Properties");
    String name = table.name();
    rules.require(
        List.of("Retain", "RetainExceptOnCreate").contains(table.get("DeletionPolicy").text())
            && table.get("UpdateReplacePolicy").text().equals("Retain"),
        name + " goes with the stack");
    rules.require(
        properties.at("TimeToLiveSpecification", "Enabled").text().equals("true")
            && properties
                .at("TimeToLiveSpecification", "AttributeName")
                .text()
                .equals("expires_at"),
        name + " has no time to live at expires_at");
    rules.require(
        properties
            .at("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")
            .text()
            .equals("true"),
        name + " has no point-in-time recovery");
    rules.require(
        properties.at("SSESpecification", "SSEEnabled").text().equals("true"),
        name + " is not encrypted");
    rules.require(
        properties.get("BillingMode").text().equals("PAY_PER_REQUEST"), name + " costs at rest");
  }

  private static void routes(Rules rules) {
    List<String> routes =
        rules.properties("Function").get("Events").members().stream()
            .map(event -> event.get("Properties"))
            .map(event -> event.get("Method").text() + " " + event.get("Path").text())
            .sorted()
            .toList();
    rules.require(
        !rules.properties("Api").get("Cors").exists(),
        "the API adds CORS headers to those of the mapping");
    rules.require(
        routes.equals(List.of("ANY /", "ANY /{proxy+}")), "the function gets only " + routes);
  }
}

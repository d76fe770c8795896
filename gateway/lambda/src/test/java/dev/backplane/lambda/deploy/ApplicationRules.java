package dev.backplane.lambda.deploy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What holds for the function and its table, and to which part each resource belongs. */
final class ApplicationRules {
  private static final int API_GATEWAY_SECONDS = 29;
  private static final List<String> ARCHITECTURES = List.of("arm64", "x86_64");

  private ApplicationRules() {}

  static void check(Rules rules) {
    for (Tree resource : rules.template().get("Resources").members()) {
      rules.require(
          part(rules, resource.get("Condition").text()).isPresent(),
          resource.name() + " belongs to no part");
    }
    rules.ofType("AWS::Serverless::Function").forEach(function -> function(rules, function));
    rules.ofType("AWS::DynamoDB::Table").forEach(table -> table(rules, table));
    Tree architecture = rules.template().at("Parameters", "Architecture");
    rules.require(
        architecture.get("Default").text().equals("arm64")
            && architecture.get("AllowedValues").texts().equals(ARCHITECTURES),
        "the function does not run on arm64 unless it is told to");
  }

  /**
   * The part that a condition is about: the value of Part that it asks for, itself or by another.
   */
  private static Optional<String> part(Rules rules, String condition) {
    Tree tree = rules.condition(condition);
    List<Tree> operands = tree.get("Fn::Equals").items();
    if (operands.size() == 2 && operands.getFirst().text().equals("${Part}")) {
      return Optional.of(operands.getLast().text());
    }
    Stream<String> others =
        tree.get("Fn::And").items().stream().map(one -> one.get("Condition").text());
    return others
        .filter(name -> !name.isEmpty())
        .flatMap(name -> part(rules, name).stream())
        .findFirst();
  }

  private static void function(Rules rules, Tree function) {
    Tree properties = function.get("Properties");
    String name = function.name();
    String timeout = properties.get("Timeout").text();
    rules.require(
        timeout.matches("\\d+") && Integer.parseInt(timeout) < API_GATEWAY_SECONDS,
        name + " may outlast API Gateway");
    rules.require(
        properties.get("Role").exists() && !properties.get("Policies").exists(),
        name + " has a role of SAM's making");
    rules.require(
        properties.at("LoggingConfig", "LogGroup").exists(), name + " logs without retention");
    rules.require(
        properties.get("Tracing").branch(true).text().equals("Active"), name + " has no traces");
    // SAM gives what comes from Events the function's condition, and there are two kinds of API.
    rules.require(!properties.get("Events").exists(), name + " has events of SAM's making");
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
}

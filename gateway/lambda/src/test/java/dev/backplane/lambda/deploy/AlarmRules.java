package dev.backplane.lambda.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What holds for the alarms. An alarm about a metric or a dimension that does not exist is accepted
 * and never goes off.
 */
final class AlarmRules {
  private static final Map<String, Set<String>> METRICS =
      Map.of(
          "function", Set.of("Errors", "Throttles", "Duration", "Invocations"),
          "rest", Set.of("5XXError", "4XXError", "Latency", "IntegrationLatency", "Count"),
          "http", Set.of("5xx", "4xx", "Latency", "IntegrationLatency", "Count"));

  private static final Map<String, Set<String>> DIMENSIONS =
      Map.of(
          "function", Set.of("FunctionName=${Function}", "Resource=${Function}:live"),
          "rest", Set.of("ApiName=${AWS::StackName}", "Stage=${Stage}"),
          "http", Set.of("ApiId=${HttpApi}", "Stage=${Stage}"));

  private AlarmRules() {}

  static void check(Rules rules) {
    List<Tree> alarms = rules.ofType("AWS::CloudWatch::Alarm").toList();
    alarms.forEach(alarm -> alarm(rules, alarm));
    Set<String> watched =
        alarms.stream()
            .map(alarm -> alarm.at("Properties", "MetricName").branch(true).text())
            .collect(Collectors.toSet());
    rules.require(
        watched.containsAll(Set.of("Errors", "Throttles", "5XXError", "Latency")),
        "nobody watches more than " + watched);
    rules.require(
        rules.properties("Api").get("Name").text().equals("${AWS::StackName}"),
        "the alarms watch an API of another name");
  }

  private static void alarm(Rules rules, Tree alarm) {
    Tree properties = alarm.get("Properties");
    String name = alarm.name();
    if (properties.get("Namespace").text().equals("AWS/Lambda")) {
      watches(rules, "function", properties, true, name);
    } else {
      watches(rules, "rest", properties, true, name);
      watches(rules, "http", properties, false, name);
      rules.require(isRest(properties.get("Dimensions")), name + " watches the wrong kind of API");
    }
    // Otherwise a night without requests is an alarm, or none of them ends.
    rules.require(
        properties.get("TreatMissingData").text().equals("notBreaching"),
        name + " goes off when nobody calls");
    rules.require(
        properties.get("Statistic").text().equals("Sum")
            ^ properties.get("ExtendedStatistic").text().matches("p\\d+"),
        name + " sums up nothing");
    rules.require(
        properties.get("ExtendedStatistic").text().isEmpty()
            || properties.get("EvaluateLowSampleCountPercentile").text().equals("ignore"),
        name + " goes off for one slow start");
    rules.require(properties.get("AlarmActions").exists(), name + " tells nobody");
    rules.require(
        properties.get("AlarmName").text().startsWith("${AWS::StackName}-"),
        name + " is not of the stack");
  }

  private static void watches(
      Rules rules, String kind, Tree properties, boolean branch, String name) {
    String metric = properties.get("MetricName").branch(branch).text();
    rules.require(known(METRICS, kind).contains(metric), name + " watches no metric of a " + kind);
    Set<String> dimensions =
        properties.get("Dimensions").branch(branch).items().stream()
            .map(one -> one.get("Name").text() + "=" + one.get("Value").text())
            .collect(Collectors.toSet());
    rules.require(
        dimensions.equals(known(DIMENSIONS, kind)),
        name + " watches nothing that a " + kind + " has: " + dimensions);
  }

  private static Set<String> known(Map<String, Set<String>> words, String kind) {
    return words.getOrDefault(kind, Set.of());
  }

  private static boolean isRest(Tree chosen) {
    List<Tree> parts = chosen.get("Fn::If").items();
    return !parts.isEmpty() && parts.getFirst().text().equals("IsRest");
  }
}

package dev.backplane.lambda.deploy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What holds for the function's versions, how they start, and how requests move to a new one. */
final class VersionRules {
  static final String ALIAS = "live";

  private static final String SNAP_START_TMP_MEGABYTES = "512";

  /** What belongs to the alias or describes a version; all else is what a version is made of. */
  private static final Set<String> OF_NO_VERSION =
      Set.of(
          "Description",
          "VersionDescription",
          "AutoPublishAlias",
          "AutoPublishAliasAllProperties",
          "ProvisionedConcurrencyConfig",
          "DeploymentPreference",
          "Tags");

  /** The steps that CodeDeploy has ready; SAM hands on whatever it does not know. */
  private static final Set<String> STEPS =
      Set.of(
          "AllAtOnce",
          "Canary10Percent5Minutes",
          "Canary10Percent10Minutes",
          "Canary10Percent15Minutes",
          "Canary10Percent30Minutes",
          "Linear10PercentEvery1Minute",
          "Linear10PercentEvery2Minutes",
          "Linear10PercentEvery3Minutes",
          "Linear10PercentEvery10Minutes");

  private VersionRules() {}

  static void check(Rules rules) {
    Tree function = rules.properties("Function");
    rules.require(
        function.get("AutoPublishAlias").text().equals(ALIAS)
            && function.get("AutoPublishAliasAllProperties").text().equals("true"),
        "the function publishes no version");
    startMode(rules, function);
    description(rules, function);
    deployment(rules, function.get("DeploymentPreference"));
  }

  private static void startMode(Rules rules, Tree function) {
    Tree snapStart = function.get("SnapStart");
    rules.require(
        snapStart.branch(true).get("ApplyOn").text().equals("PublishedVersions"),
        "no version has a snapshot");
    rules.require(
        exclusive(rules, snapStart, function.get("ProvisionedConcurrencyConfig")),
        "the function may have SnapStart and provisioned concurrency");
    String tmp = function.at("EphemeralStorage", "Size").text();
    rules.require(
        !function.get("EphemeralStorage").exists() || tmp.equals(SNAP_START_TMP_MEGABYTES),
        "the function has SnapStart and a larger /tmp");
  }

  /** Whether each is there for one value of the same parameter, and not for the other's. */
  private static boolean exclusive(Rules rules, Tree one, Tree other) {
    List<Tree> first = chosenBy(rules, one);
    List<Tree> second = chosenBy(rules, other);
    return first.size() == 2
        && second.size() == 2
        && first.getFirst().sameAs(second.getFirst())
        && !first.getLast().sameAs(second.getLast());
  }

  private static List<Tree> chosenBy(Rules rules, Tree property) {
    if (!property.branch(false).text().equals("${AWS::NoValue}")) {
      return List.of();
    }
    String condition = property.get("Fn::If").items().getFirst().text();
    return rules.condition(condition).get("Fn::Equals").items();
  }

  /** CloudFormation publishes a version only when its description, or the code, has changed. */
  private static void description(Rules rules, Tree function) {
    Tree description = function.get("VersionDescription");
    rules.require(
        description.sameAs(function.get("Description")),
        "the version is described otherwise than the function");
    Set<String> settings = new TreeSet<>();
    function.members().stream()
        .filter(property -> !OF_NO_VERSION.contains(property.name()))
        .forEach(property -> settings.addAll(settings(rules, property)));
    settings.removeAll(settings(rules, description));
    rules.require(settings.isEmpty(), "a change makes no new version: " + settings);
  }

  /** The parameters that a property depends on, and the layers, which are never the same twice. */
  private static Set<String> settings(Rules rules, Tree property) {
    Set<String> names = property.references();
    property
        .all()
        .flatMap(place -> place.get("Fn::If").items().stream().limit(1))
        .forEach(condition -> names.addAll(parameters(rules, condition.text())));
    return names.stream()
        .filter(name ->
            rules.template().at("Parameters", name).exists()
                || rules.resource(name).get("Type").text().equals("AWS::Lambda::LayerVersion"))
        .collect(Collectors.toSet());
  }

  private static Set<String> parameters(Rules rules, String condition) {
    Tree tree = rules.condition(condition);
    Set<String> names = tree.references();
    tree.all()
        .filter(place -> place.get("Condition").exists())
        .forEach(place -> names.addAll(parameters(rules, place.get("Condition").text())));
    return names;
  }

  private static void deployment(Rules rules, Tree preference) {
    String parameter = preference.get("Type").text().replaceAll("[${}]", "");
    List<String> values = rules.template().at("Parameters", parameter, "AllowedValues").texts();
    rules.require(
        !values.isEmpty() && STEPS.containsAll(values), "CodeDeploy does not know all steps");
    rules.require(
        preference.get("Role").text().equals("${RolloutRole.Arn}"),
        "CodeDeploy has a role of SAM's making");
    rules.require(
        preference.get("PassthroughCondition").text().equals("true"),
        "CodeDeploy is there for the other parts too");
    Set<String> alarms = Set.copyOf(preference.get("Alarms").branch(true).texts());
    rules.require(
        alarms.equals(Set.of("${FunctionErrors}", "${ServerErrors}")),
        "a deployment goes on whatever clients meet");
  }
}

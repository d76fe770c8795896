package dev.backplane.lambda.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What holds for the projects of CodeBuild, and which words CodeBuild knows. */
final class PipelineRules {
  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "Source.Type", Set.of("GITHUB"),
          "Artifacts.Type", Set.of("NO_ARTIFACTS", "S3"),
          "Environment.Type", Set.of("LINUX_CONTAINER", "ARM_CONTAINER"),
          "Environment.ComputeType",
              Set.of("BUILD_GENERAL1_SMALL", "BUILD_GENERAL1_MEDIUM", "BUILD_GENERAL1_LARGE"),
          "Cache.Type", Set.of("NO_CACHE", "LOCAL", "S3"),
          "LogsConfig.CloudWatchLogs.Status", Set.of("ENABLED"),
          "Triggers.BuildType", Set.of("BUILD", "BUILD_BATCH"),
          "Triggers.PullRequestBuildPolicy.RequiresCommentApproval",
              Set.of("ALL_PULL_REQUESTS", "FORK_PULL_REQUESTS"));

  private static final Set<String> CACHE_MODES =
      Set.of("LOCAL_SOURCE_CACHE", "LOCAL_CUSTOM_CACHE", "LOCAL_DOCKER_LAYER_CACHE");
  private static final Set<String> FILTERS =
      Set.of("EVENT", "ACTOR_ACCOUNT_ID", "HEAD_REF", "BASE_REF", "FILE_PATH", "COMMIT_MESSAGE");
  private static final Set<String> EVENTS =
      Set.of("PUSH", "PULL_REQUEST_CREATED", "PULL_REQUEST_UPDATED", "PULL_REQUEST_REOPENED");
  private static final Set<String> APPROVERS =
      Set.of("GITHUB_WRITE", "GITHUB_MAINTAIN", "GITHUB_ADMIN");
  private static final Set<String> OF_EVERY_BUILD =
      Set.of(
          "logs:CreateLogStream",
          "logs:PutLogEvents",
          "codebuild:CreateReportGroup",
          "codebuild:CreateReport",
          "codebuild:UpdateReport",
          "codebuild:BatchPutTestCases",
          "codebuild:BatchPutCodeCoverages");

  private static final int SLOWEST_DEPLOYMENT_MINUTES = 100;

  private PipelineRules() {}

  static void check(Rules rules) {
    List<Tree> projects = rules.ofType("AWS::CodeBuild::Project").toList();
    rules.require(projects.size() == 2, "one project checks and one deploys");
    projects.forEach(project -> project(rules, project));
    Tree credential = rules.properties("SourceCredential");
    rules.require(
        rules.resource("SourceCredential").get("Condition").text().equals("CreatesCredential"),
        "a second pipeline of an account cannot be made");
    rules.require(
        credential.get("ServerType").text().equals("GITHUB")
            && credential.get("AuthType").text().equals("PERSONAL_ACCESS_TOKEN"),
        "the credential is of no kind that CodeBuild knows");
    rules.require(
        credential.get("Token").text().startsWith("{{resolve:secretsmanager:"),
        "the token is not in Secrets Manager");
  }

  private static void project(Rules rules, Tree project) {
    Tree properties = project.get("Properties");
    String name = project.name();
    WORDS.forEach((path, words) -> {
      Tree word = properties.at(path.split("\\."));
      rules.require(
          !word.exists() || words.contains(word.text()), name + " has an unknown " + word);
    });
    rules.require(
        CACHE_MODES.containsAll(properties.at("Cache", "Modes").texts()),
        name + " has an unknown cache");
    rules.require(
        properties.at("Source", "BuildSpec").text().equals("buildspec.yaml"),
        name + " builds by another file");
    rules.require(
        properties.get("Tags").all().anyMatch(tag -> tag.text().equals("${SourceCredential}")),
        name + " does not wait for the credential");
    triggers(rules, name, properties);
  }

  /** Ten steps of ten minutes, beside the build. */
  private static void time(Rules rules, String name, Tree properties) {
    String minutes = properties.get("TimeoutInMinutes").text();
    rules.require(
        minutes.matches("\\d+") && Integer.parseInt(minutes) > SLOWEST_DEPLOYMENT_MINUTES,
        name + " ends before a slow deployment does");
  }

  private static void triggers(Rules rules, String name, Tree properties) {
    List<Tree> groups = properties.at("Triggers", "FilterGroups").items();
    rules.require(!groups.isEmpty(), name + " builds whatever happens");
    List<String> events = groups.stream().flatMap(group -> events(group)).toList();
    rules.require(
        groups.stream()
            .flatMap(group -> group.items().stream())
            .allMatch(filter -> FILTERS.contains(filter.get("Type").text())),
        name + " has an unknown filter");
    rules.require(EVENTS.containsAll(events), name + " has an unknown event");
    String role = properties.get("ServiceRole").text().replaceAll("[${}]|\\.Arn", "");
    List<String> actions = PermissionRules.actions(rules.properties(role).get("Policies"));
    if (!OF_EVERY_BUILD.containsAll(actions)) {
      rules.require(events.equals(List.of("PUSH")), name + " gives its rights to pull requests");
      rules.require(
          groups.stream().allMatch(group -> pattern(group, "HEAD_REF").matches("\\^refs/.*\\$")),
          name + " deploys any branch");
      time(rules, name, properties);
      return;
    }
    Tree approval = properties.at("Triggers", "PullRequestBuildPolicy");
    rules.require(
        approval.get("RequiresCommentApproval").exists()
            && APPROVERS.containsAll(approval.get("ApproverRoles").texts())
            && !approval.get("ApproverRoles").texts().isEmpty(),
        name + " builds strangers' code unasked");
  }

  private static Stream<String> events(Tree group) {
    return Stream.of(pattern(group, "EVENT").split(",")).map(String::strip);
  }

  private static String pattern(Tree group, String type) {
    return group.items().stream()
        .filter(filter -> filter.get("Type").text().equals(type))
        .map(filter -> filter.get("Pattern").text())
        .findFirst()
        .orElse("");
  }
}

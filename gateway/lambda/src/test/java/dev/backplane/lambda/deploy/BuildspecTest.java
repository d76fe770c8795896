package dev.backplane.lambda.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What CodeBuild would run, run: which commands, in which order, and what deploys when. */
class BuildspecTest {
  private static final Map<String, String> PUSH =
      Map.of(
          "CODEBUILD_WEBHOOK_EVENT", "PUSH",
          "CODEBUILD_WEBHOOK_HEAD_REF", "refs/heads/main",
          "DEPLOY_REF", "refs/heads/main",
          "DEPLOY_STACK", "backplane",
          "DEPLOY_ROLE", "arn:aws:iam::1:role/application",
          "DEPLOY_BOUNDARY", "arn:aws:iam::1:policy/boundary",
          "DEPLOY_ROLLOUT", "arn:aws:iam::1:policy/rollout");

  private final Tree buildspec = Tree.file("buildspec.yaml");
  private final Tree template = Tree.file("template.yaml");

  @TempDir private Path directory;

  @Test
  void push_isTestedAndThenDeployedAndCalled() {
    Build build = new Build(directory).with(PUSH);

    assertThat(build.succeeds()).as(build.output()).isTrue();
    assertThat(build.calls())
        .containsExactly(
            "pip install --quiet --disable-pip-version-check --requirement .ci/requirements.txt",
            "cfn-lint --include-checks I -- template.yaml"
                + " gateway/server/src/test/resources/tables/template.yaml",
            "sam validate --lint --template-file template.yaml",
            "python3 .ci/check-template",
            "mvnw --batch-mode -Pcoverage verify",
            "sam build --template-file template.yaml --build-dir target/sam-build",
            "sam deploy --template-file target/sam-build/template.yaml --stack-name backplane"
                + " --role-arn arn:aws:iam::1:role/application --resolve-s3 --s3-prefix backplane"
                + " --capabilities CAPABILITY_IAM --no-confirm-changeset"
                + " --no-fail-on-empty-changeset --parameter-overrides Part=application"
                + " PermissionsBoundary=arn:aws:iam::1:policy/boundary"
                + " RolloutPermissionsBoundary=arn:aws:iam::1:policy/rollout",
            "aws cloudformation describe-stacks --stack-name backplane"
                + " --query Stacks[0].Outputs[?OutputKey=='Url'].OutputValue --output text",
            "curl --fail --silent --show-error --retry 5 --retry-all-errors --max-time 40"
                + " https://example.test/prod/api/ping",
            "curl --fail --silent --show-error --retry 5 --retry-all-errors --max-time 40"
                + " https://example.test/prod/api/users?_limit=1");
  }

  @ParameterizedTest
  @CsvSource({
    // A pull request, and one whose branch is another repository's main.
    "PULL_REQUEST_CREATED, refs/heads/feature",
    "PULL_REQUEST_CREATED, refs/heads/main",
    "PULL_REQUEST_UPDATED, refs/heads/main",
    "PULL_REQUEST_MERGED, refs/heads/main",
    // Other branches and tags.
    "PUSH, refs/heads/feature",
    "PUSH, refs/heads/main-2",
    "PUSH, refs/tags/main",
    "PUSH, ''",
    // A build that a person started.
    "'', ''",
  })
  void otherBuild_isTestedAndNotDeployed(String event, String ref) {
    Build build =
        new Build(directory)
            .with(PUSH)
            .with("CODEBUILD_WEBHOOK_EVENT", event)
            .with("CODEBUILD_WEBHOOK_HEAD_REF", ref);

    assertThat(build.succeeds()).as(build.output()).isTrue();
    assertThat(build.calls())
        .contains("mvnw --batch-mode -Pcoverage verify")
        .noneMatch(Build::reachesAws);
    assertThat(build.output()).contains("deploy: nothing is deployed, as ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pip install",
        "cfn-lint --include",
        "sam validate",
        "python3 .ci/check-template",
        "mvnw",
        "sam build"
      })
  void push_isNotDeployed_whenAStepBeforeFails(String step) {
    Build build = new Build(directory).with(PUSH).failing(step);

    assertThat(build.succeeds()).as(build.output()).isFalse();
    assertThat(build.calls()).anyMatch(call -> call.startsWith(step)).noneMatch(Build::reachesAws);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sam deploy", "aws cloudformation", "curl"})
  void push_fails_whenAStepOfTheDeploymentFails(String step) {
    Build build = new Build(directory).with(PUSH).failing(step);

    assertThat(build.succeeds()).as(build.output()).isFalse();
    assertThat(build.calls()).last().asString().startsWith(step);
  }

  @Test
  void push_isNotDeployed_whenSamBuiltSomethingElse() {
    Build build =
        new Build(directory).with(PUSH).with("BUILT", "      CodeUri: ../../.ci/requirements.txt");

    assertThat(build.succeeds()).as(build.output()).isFalse();
    assertThat(build.output()).contains("differ");
    assertThat(build.calls()).noneMatch(Build::reachesAws);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"title\":\"Internal Server Error\"}"})
  void push_fails_whenTheTableDoesNotAnswer(String answer) {
    Build build = new Build(directory).with(PUSH).with("USERS", answer);

    assertThat(build.succeeds()).isFalse();
    assertThat(build.output()).contains("/api/users?_limit=1 did not answer");
  }

  @Test
  void smokeTest_asksForAResourceOfTheMappingsTable() {
    Tree users = Tree.file("mapping.yaml").at("resources", "users");

    assertThat(Tree.read(".ci/deploy")).contains("/api/users?_limit=1");
    assertThat(users.get("service").text()).isEqualTo("dynamodb");
    assertThat(users.get("disabled").texts()).doesNotContain("list");
  }

  @Test
  void push_fails_whenTheApiAnswersOtherwise() {
    Build build = new Build(directory).with(PUSH).with("ANSWER", "{\"result\":\"other\"}");

    assertThat(build.succeeds()).isFalse();
    assertThat(build.output()).contains("did not answer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DEPLOY_REF", "DEPLOY_STACK", "DEPLOY_ROLE", "DEPLOY_BOUNDARY", "DEPLOY_ROLLOUT"})
  void push_fails_whenTheProjectLacksAVariable(String variable) {
    Build build = new Build(directory).with(PUSH).with(variable, "");

    assertThat(build.succeeds()).isFalse();
    assertThat(build.output()).contains(variable + ": is not set");
    assertThat(build.calls()).noneMatch(Build::reachesAws);
  }

  @Test
  void deployProject_givesWhatTheScriptReads() {
    List<String> read =
        Pattern.compile("\\bDEPLOY_[A-Z]+\\b")
            .matcher(Tree.read(".ci/deploy"))
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();

    assertThat(variables("DeployProject")).containsExactlyInAnyOrderElementsOf(read);
    assertThat(variables("CheckProject")).isEmpty();
  }

  @Test
  void deployment_namesParametersAndOutputsOfTheTemplate() {
    String script = Tree.read(".ci/deploy");
    List<String> parameters =
        Pattern.compile("(?<=[ \"])([A-Z][A-Za-z]+)=")
            .matcher(script)
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(parameters)
        .containsExactly("Part", "PermissionsBoundary", "RolloutPermissionsBoundary");
    assertThat(parameters).allMatch(name -> template.at("Parameters", name).exists());
    assertThat(script).contains("OutputKey=='Url'");
    assertThat(template.at("Outputs", "Url", "Value").exists()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "unit-tests, JUNITXML, gateway/lambda/target/surefire-reports/TEST-a.xml",
    "integration-tests, JUNITXML, plugins/memory/target/failsafe-reports/TEST-a.xml",
    "coverage, JACOCOXML, gateway/core/target/site/jacoco/jacoco.xml",
  })
  void reports_areThoseOfTheModules(String name, String format, String file) {
    Tree report = buildspec.at("reports", name);

    assertThat(report.get("file-format").text()).isEqualTo(format);
    assertThat(report.get("files").texts())
        .anyMatch(
            glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(file)));
  }

  @Test
  void buildspec_isOfTheVersionThatThisTestImitates() {
    assertThat(buildspec.get("version").text()).isEqualTo("0.2");
    assertThat(buildspec.at("cache", "paths").texts()).containsExactly("/root/.m2/**/*");
    assertThat(buildspec.get("phases").members().stream().map(Tree::name))
        .containsExactlyElementsOf(Build.PHASES);
  }

  private List<String> variables(String project) {
    return template
        .at("Resources", project, "Properties", "Environment", "EnvironmentVariables")
        .items()
        .stream()
        .map(variable -> variable.get("Name").text())
        .toList();
  }
}

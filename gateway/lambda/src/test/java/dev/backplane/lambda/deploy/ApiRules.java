package dev.backplane.lambda.deploy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What holds for the two kinds of API before the function. */
final class ApiRules {
  private static final Pattern CONTEXT = Pattern.compile("\\$context\\.([\\w.]+)");

  /** What both kinds of API can write into an access log; a REST API refuses what it has not. */
  private static final Set<String> LOGGED =
      Set.of(
          "requestTimeEpoch",
          "requestId",
          "integration.requestId",
          "identity.sourceIp",
          "httpMethod",
          "path",
          "status",
          "responseLength",
          "responseLatency",
          "integrationLatency",
          "error.responseType");

  private ApiRules() {}

  static void check(Rules rules) {
    List<Tree> rest = rules.ofType("AWS::Serverless::Api").toList();
    List<Tree> http = rules.ofType("AWS::Serverless::HttpApi").toList();
    rules.require(
        rest.size() == 1 && http.size() == 1, "there is not one API of each kind to choose from");
    rest.forEach(api -> rest(rules, api));
    http.forEach(api -> http(rules, api));
    rules.require(
        rules.properties("AccessLogs").get("LogGroupName").text().startsWith("/aws/vendedlogs/"),
        "API Gateway needs a policy to write the access log");
    rules
        .ofType("AWS::Logs::LogGroup")
        .forEach(group ->
            rules.require(
                group.at("Properties", "RetentionInDays").exists(),
                group.name() + " is kept for ever"));
  }

  private static void rest(Rules rules, Tree api) {
    Tree properties = api.get("Properties");
    rules.require(
        properties.get("TracingEnabled").branch(true).text().equals("true"),
        api.name() + " has no traces");
    rules.require(
        properties.get("MethodSettings").items().stream()
            .anyMatch(all ->
                all.get("ResourcePath").text().equals("/*")
                    && all.get("HttpMethod").text().equals("*")
                    && throttles(all)),
        api.name() + " does not throttle");
    Set<String> loggable = new TreeSet<>(LOGGED);
    loggable.add("xrayTraceId");
    both(rules, api, properties.get("AccessLogSetting"), loggable);
  }

  private static void http(Rules rules, Tree api) {
    Tree properties = api.get("Properties");
    rules.require(
        throttles(properties.get("DefaultRouteSettings")), api.name() + " does not throttle");
    both(rules, api, properties.get("AccessLogSettings"), LOGGED);
    rules.require(
        integrations(api).stream()
            .allMatch(one -> one.get("payloadFormatVersion").text().equals("2.0")),
        api.name() + " sends events of a REST API");
  }

  private static boolean throttles(Tree settings) {
    return settings.get("ThrottlingRateLimit").text().equals("${ThrottlingRate}")
        && settings.get("ThrottlingBurstLimit").text().equals("${ThrottlingBurst}");
  }

  private static void both(Rules rules, Tree api, Tree log, Set<String> loggable) {
    Tree properties = api.get("Properties");
    String name = api.name();
    rules.require(
        !properties.get("Cors").exists() && !properties.get("CorsConfiguration").exists(),
        name + " adds CORS headers to those of the mapping");
    rules.require(
        properties.get("StageName").text().equals("${Stage}"), name + " has another stage");
    routes(rules, api);
    rules.require(
        log.get("DestinationArn").text().equals("${AccessLogs.Arn}"), name + " has no access log");
    String format = log.get("Format").text();
    Set<String> used =
        CONTEXT.matcher(format).results().map(found -> found.group(1)).collect(Collectors.toSet());
    rules.require(
        loggable.containsAll(used) && used.contains("requestId"),
        name + " logs what it does not know");
    rules.require(isJson(format), name + " logs no JSON");
  }

  /** One line of members, each a variable in quotes, or a number without. */
  private static boolean isJson(String format) {
    String member = "\"\\w+\":(\"\\$context\\.[\\w.]+\"|\\$context\\.requestTimeEpoch)";
    return format.strip().matches("\\{" + member + "(," + member + ")*}");
  }

  private static void routes(Rules rules, Tree api) {
    List<Tree> paths = api.at("Properties", "DefinitionBody", "paths").members();
    List<String> routes =
        paths.stream()
            .flatMap(path -> path.members().stream().map(method -> method.name() + pathOf(path)))
            .sorted()
            .toList();
    rules.require(
        routes.equals(
            List.of(
                "x-amazon-apigateway-any-method /", "x-amazon-apigateway-any-method /{proxy+}")),
        "the function gets only " + routes);
    // A reference to the alias itself would close a circle: alias, its deployments, alarms, API.
    rules.require(
        integrations(api).stream()
            .allMatch(one ->
                one.get("uri")
                    .text()
                    .endsWith("/${Function.Arn}:" + VersionRules.ALIAS + "/invocations")),
        api.name() + " calls no version of the function");
    List<Tree> permissions =
        rules
            .ofType("AWS::Lambda::Permission")
            .filter(one -> one.get("Condition").sameAs(api.get("Condition")))
            .map(one -> one.get("Properties"))
            .filter(one -> one.get("FunctionName").text().equals("${Function.Alias}"))
            .filter(one -> one.get("Principal").text().equals("apigateway.amazonaws.com"))
            .toList();
    rules.require(
        permissions.size() == 1
            && permissions
                .getFirst()
                .get("SourceArn")
                .text()
                .endsWith(":${" + api.name() + "}/${Stage}/*"),
        api.name() + " may not call the function, or others may");
  }

  private static List<Tree> integrations(Tree api) {
    return api.at("Properties", "DefinitionBody", "paths")
        .all()
        .map(place -> place.get("x-amazon-apigateway-integration"))
        .filter(Tree::exists)
        .toList();
  }

  /** The last key, which is a path; the keys before have no slash. */
  private static String pathOf(Tree path) {
    return " " + path.path().substring(path.path().indexOf('/'));
  }
}

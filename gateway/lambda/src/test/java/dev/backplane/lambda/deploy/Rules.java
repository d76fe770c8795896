package dev.backplane.lambda.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a set of rules finds wrong with the template, one line for each breach. */
final class Rules {
  private final Tree template;
  private final Tree mapping;
  private final List<String> breaches = new ArrayList<>();

  Rules(Tree template, Tree mapping) {
    this.template = template;
    this.mapping = mapping;
  }

  static List<String> breaches(Tree template) {
    return breaches(template, Tree.file("mapping.yaml"));
  }

  static List<String> breaches(Tree template, Tree mapping) {
    Rules rules = new Rules(template, mapping);
    ApplicationRules.check(rules);
    VersionRules.check(rules);
    ApiRules.check(rules);
    AlarmRules.check(rules);
    PermissionRules.check(rules);
    PipelineRules.check(rules);
    return rules.breaches;
  }

  Tree template() {
    return template;
  }

  /** The mapping that the function has in its zip. */
  Tree mapping() {
    return mapping;
  }

  /** A condition of the template, by its name. */
  Tree condition(String name) {
    return template.at("Conditions", name);
  }

  Tree resource(String name) {
    return template.at("Resources", name);
  }

  Tree properties(String resource) {
    return resource(resource).get("Properties");
  }

  /** The resources of one type. */
  Stream<Tree> ofType(String type) {
    return template.get("Resources").members().stream()
        .filter(resource -> resource.get("Type").text().equals(type));
  }

  void require(boolean kept, String breach) {
    if (!kept) {
      breaches.add(breach);
    }
  }
}

package dev.backplane.lambda.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a set of rules finds wrong with the template, one line for each breach. */
final class Rules {
  private final Tree template;
  private final List<String> breaches = new ArrayList<>();

  Rules(Tree template) {
    this.template = template;
  }

  static List<String> breaches(Tree template) {
    Rules rules = new Rules(template);
    ApplicationRules.check(rules);
    PermissionRules.check(rules);
    PipelineRules.check(rules);
    return rules.breaches;
  }

  Tree template() {
    return template;
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

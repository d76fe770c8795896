package dev.backplane.core;

import dev.backplane.core.http.ServedResource;
import dev.backplane.core.mapping.Problem;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Provision;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what the stores need in the cloud into one template. For one thread. */
final class CloudTemplate {
  private final Map<String, JsonObject> resources = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  static Inspector.Template of(String mapping, List<ServedResource> served) {
    CloudTemplate template = new CloudTemplate();
    served.forEach(template::add);
    if (!template.problems.isEmpty()) {
      throw new Gateway.StartException(
          template.problems.stream()
              .sorted(Problem.IN_FILE)
              .map(problem -> problem.describe(mapping))
              .toList());
    }
    return new Inspector.Template(template.yaml(), template.resources.isEmpty());
  }

  private void add(ServedResource resource) {
    ResourceMapping mapping = resource.mapping();
    try {
      Provision provision = resource.store().provision();
      provision.resources().forEach(this::add);
      provision.remarks().forEach(remark -> remarks.add(mapping.name() + ": " + remark));
    } catch (SettingException wrong) {
      problems.add(
          mapping.problem(wrong.key(), "setting \"" + wrong.key() + "\" " + wrong.getMessage()));
    } catch (StoreException failure) {
      problems.add(
          mapping.problem("", "its store cannot say what it needs: " + failure.getMessage()));
    }
  }

  /** Under the id that the store gave, or one with a number where that means something else. */
  private void add(String logicalId, JsonObject resource) {
    String id = logicalId;
    int number = 1;
    while (resources.containsKey(id) && !resource.equals(resources.get(id))) {
      number++;
      id = logicalId + number;
    }
    resources.put(id, resource);
  }

  private String yaml() {
    StringBuilder yaml = new StringBuilder();
    for (String remark : remarks) {
      yaml.append("# ").append(remark.replaceAll("\\R", " ")).append('\n');
    }
    JsonObject.Builder all = JsonObject.builder();
    resources.forEach(all::put);
    return yaml.append(BlockYaml.of(JsonObject.of("Resources", all.build()))).toString();
  }
}

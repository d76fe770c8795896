package dev.backplane.core.sbom;

import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of libraries in CycloneDX's JSON, as far as tests look at it.
 *
 * @param document the whole
 * @param components what it lists, the program itself first
 */
record Sbom(JsonObject document, List<Component> components) {
  static Sbom read(byte[] json) throws JsonException {
    JsonObject document = (JsonObject) Json.CODEC.read(json);
    List<Component> components = new ArrayList<>();
    JsonObject metadata = (JsonObject) document.get("metadata").orElseThrow();
    components.add(Component.of((JsonObject) metadata.get("component").orElseThrow()));
    for (JsonObject component : objects(document, "components")) {
      components.add(Component.of(component));
    }
    return new Sbom(document, List.copyOf(components));
  }

  private static List<JsonObject> objects(JsonObject parent, String name) {
    JsonValue value = parent.get(name).orElse(JsonArray.of());
    return ((JsonArray) value).elements().stream().map(JsonObject.class::cast).toList();
  }

  private static Optional<String> text(JsonObject parent, String name) {
    return parent.get(name).map(value -> ((JsonString) value).value());
  }

  /**
   * One library.
   *
   * @param jar the name of its file
   * @param group who makes it
   * @param licences its licences, by their identifiers in SPDX where they have one; a user may
   *     choose among them
   * @param sha256 the check sum of its file; none of the program itself, whose jar is made later
   */
  record Component(String jar, String group, List<String> licences, Optional<String> sha256) {
    private static Component of(JsonObject json) {
      String jar = text(json, "name").orElseThrow() + "-" + text(json, "version").orElseThrow();
      return new Component(
          jar + ".jar", text(json, "group").orElseThrow(), licencesOf(json), sha256Of(json));
    }

    private static List<String> licencesOf(JsonObject json) {
      List<String> licences = new ArrayList<>();
      for (JsonObject choice : objects(json, "licenses")) {
        JsonObject licence = (JsonObject) choice.get("license").orElse(choice);
        text(licence, "id")
            .or(() -> text(licence, "name"))
            .or(() -> text(licence, "expression"))
            .ifPresent(licences::add);
      }
      return List.copyOf(licences);
    }

    private static Optional<String> sha256Of(JsonObject json) {
      return objects(json, "hashes").stream()
          .filter(hash -> text(hash, "alg").equals(Optional.of("SHA-256")))
          .map(hash -> text(hash, "content").orElseThrow())
          .findFirst();
    }
  }
}

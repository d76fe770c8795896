package dev.backplane.core.http;

import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;

/** JSON Merge Patch (RFC 7396). */
final class MergePatch {
  private MergePatch() {}

  static JsonObject apply(JsonObject target, JsonObject patch) {
    JsonObject.Builder result = JsonObject.builder().putAll(target);
    for (var member : patch.members().entrySet()) {
      String name = member.getKey();
      JsonValue change = member.getValue();
      if (change == JsonNull.NULL) {
        result.remove(name);
      } else if (change instanceof JsonObject inner) {
        JsonValue before = target.get(name).orElse(JsonObject.empty());
        JsonObject base = before instanceof JsonObject object ? object : JsonObject.empty();
        result.put(name, apply(base, inner));
      } else {
        result.put(name, change);
      }
    }
    return result.build();
  }
}

package dev.backplane.core;

import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A key that lets a program in, without the key itself. Keys are random and long, so that a plain
 * hash of one tells nothing of it.
 *
 * @param name who the caller is that has the key
 * @param sha256 the hash of the key, as 64 hexadecimal digits
 * @param roles the caller's roles
 * @param expires until when the key is good; empty: until it is taken out
 */
public record ApiKey(String name, String sha256, Set<String> roles, Optional<Instant> expires) {
  private static final Set<String> MEMBERS = Set.of("name", "sha256", "roles", "expires");

  /** Copies the roles. */
  public ApiKey {
    roles = Set.copyOf(roles);
  }

  /**
   * Hashes a key.
   *
   * @param key the key
   * @return its hash, as {@link #sha256} has it
   */
  public static String hash(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /**
   * Reads a file of keys: a JSON array.
   *
   * @param file the file
   * @return the keys
   * @throws Gateway.StartException when it is not such a file; never with a hash in it
   */
  public static List<ApiKey> read(Path file) {
    JsonValue json;
    try {
      json = Json.CODEC.read(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw wrong(file, "cannot be read; make it with: backplane api-key new");
    } catch (JsonException malformed) {
      throw wrong(file, "is not JSON: " + malformed.getMessage());
    }
    if (!(json instanceof JsonArray array)) {
      throw wrong(file, "should be a JSON array of keys");
    }
    List<ApiKey> keys = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < array.elements().size(); i++) {
      try {
        keys.add(key(array.elements().get(i)));
      } catch (IllegalArgumentException mistake) {
        problems.add(file + ": the key at index " + i + " " + mistake.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new Gateway.StartException(problems);
    }
    return keys;
  }

  private static Gateway.StartException wrong(Path file, String what) {
    return new Gateway.StartException(List.of(file + " " + what));
  }

  private static ApiKey key(JsonValue value) {
    if (!(value instanceof JsonObject object)) {
      throw new IllegalArgumentException("should be an object");
    }
    if (!MEMBERS.containsAll(object.members().keySet())) {
      throw new IllegalArgumentException("may have name, sha256, roles and expires, nothing else");
    }
    String name = text(object, "name").filter(text -> !text.isBlank()).orElse("");
    String hash = text(object, "sha256").filter(text -> text.matches("[0-9a-f]{64}")).orElse("");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("needs a \"name\"");
    }
    if (hash.isEmpty()) {
      throw new IllegalArgumentException(
          "needs \"sha256\": the hash of the key as 64 digits from 0 to 9 and a to f");
    }
    return new ApiKey(name, hash, roles(object), object.get("expires").map(ApiKey::time));
  }

  private static Optional<String> text(JsonObject object, String name) {
    return object.get(name).filter(JsonString.class::isInstance).flatMap(JsonValue::text);
  }

  private static Set<String> roles(JsonObject object) {
    Set<String> roles = new HashSet<>();
    if (!(object.get("roles").orElse(new JsonArray(List.of())) instanceof JsonArray array)) {
      throw new IllegalArgumentException("should have its \"roles\" in an array");
    }
    for (JsonValue role : array.elements()) {
      if (!(role instanceof JsonString(String text))) {
        throw new IllegalArgumentException("has a role that is not a text");
      }
      roles.add(text);
    }
    return roles;
  }

  private static Instant time(JsonValue value) {
    try {
      return Instant.parse(value.text().orElse(""));
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "should have \"expires\" as a time such as 2030-01-31T00:00:00Z", malformed);
    }
  }

  /**
   * The key as the file has it.
   *
   * @return JSON in one line
   */
  public String entry() {
    JsonObject.Builder entry =
        JsonObject.builder()
            .put("name", new JsonString(name))
            .put("sha256", new JsonString(sha256))
            .put(
                "roles",
                new JsonArray(roles.stream().sorted().<JsonValue>map(JsonString::new).toList()));
    expires.ifPresent(time -> entry.put("expires", new JsonString(time.toString())));
    return new String(Json.CODEC.write(entry.build()), StandardCharsets.UTF_8);
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "ApiKey[" + name + " " + roles + "]";
  }
}

package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.backplane.core.contract.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/access.md shows is what its reader gets: each command, and each piece of a mapping. */
class AccessDocsIT {
  private static final Path PAGE = Path.of("..", "..", "docs", "access.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @TempDir private Path folder;

  @Test
  void commands_doWhatThePageShows() throws Exception {
    DocsPage page = DocsPage.read(PAGE);
    Files.writeString(folder.resolve("mapping.yaml"), page.mappings().get(0).yaml());
    Path bin = Files.createDirectory(folder.resolve("bin")).resolve("backplane");
    Path installed = ServerProcess.DISTRIBUTION.resolve("bin/backplane");
    Files.writeString(bin, "#!/bin/sh\nexec '" + installed + "' \"$@\"\n");
    assertThat(bin.toFile().setExecutable(true)).isTrue();
    String commands = page.steps().get(0).commands().replace("\\\n", "");
    List<String> statuses = new ArrayList<>();
    String address = "";
    ServerProcess server = null;
    try {
      for (String line : commands.split("\n", -1)) {
        String[] parts = line.split("\\s+# ", 2);
        if (parts[0].startsWith("bin/backplane serve")) {
          server = ServerProcess.serve(folder);
          address = server.url().getAuthority();
          continue;
        }
        String output = run(parts[0].replace("127.0.0.1:8080", address));
        if (line.contains("explain-access")) {
          assertThat(output).contains("/api/notes", "role writer", "field rating", "owner");
        }
        if (parts.length > 1 && parts[1].startsWith("{")) {
          assertThat(output).matches(Pattern.quote(parts[1]).replace("…", "\\E[^\"]+\\Q"));
        } else if (parts.length > 1 && parts[1].matches("\\d{3}")) {
          assertThat(output).startsWith("HTTP/1.1 " + parts[1]);
          statuses.add(parts[1]);
        }
      }
    } finally {
      if (server != null) {
        server.close();
      }
    }
    assertThat(statuses).containsExactly("401");
    assertThat(Files.readAllLines(folder.resolve("ann.txt"))).hasSize(2);
  }

  private String run(String command) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors.txt").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BACKPLANE_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
    assertThat(process.exitValue())
        .as("%s: %s", command, Files.readString(folder.resolve("errors.txt")))
        .isZero();
    return Files.readString(output);
  }

  @Test
  void everyMapping_isOneThatIsTaken_onceItIsComplete() throws Exception {
    DocsPage page = DocsPage.read(PAGE);
    Map<String, String> mappings = new LinkedHashMap<>();
    page.mappings().forEach(each -> mappings.put("line " + each.line(), complete(each.yaml())));
    mappings.putAll(ofTables());
    assertThat(mappings).hasSizeGreaterThanOrEqualTo(8);
    Files.writeString(folder.resolve("keys.json"), "[]");
    Path file = folder.resolve("mapping.yaml");
    for (Map.Entry<String, String> mapping : mappings.entrySet()) {
      Files.writeString(file, mapping.getValue());
      ServerProcess.Finished checked = ServerProcess.run(folder, "validate", "mapping.yaml");
      assertThat(checked.exitCode())
          .as("docs/access.md, %s: %s%n%s", mapping.getKey(), checked.errors(), mapping.getValue())
          .isZero();
    }
  }

  private static String complete(String yaml) {
    if (yaml.startsWith(" ")) {
      return "resources:\n  orders:\n    service: memory\n" + yaml;
    }
    return yaml.contains("resources:") ? yaml : yaml + "resources: {notes: memory}\n";
  }

  /** Those in the tables: ways to say who is calling, and keys of "access". */
  private static Map<String, String> ofTables() throws Exception {
    Map<String, String> mappings = new LinkedHashMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      List<String> code = CODE.matcher(line).results().map(MatchResult::group).toList();
      if (!line.startsWith("| ") || code.isEmpty()) {
        continue;
      }
      for (String quoted : code) {
        String span = quoted.replace("`", "");
        if (span.matches("(api-keys|proxy): .*")) {
          mappings.put(span, complete("authentication: {" + span + "}\n"));
        } else if (span.matches("path: \\{.*|\\{.*:.*}")) {
          String key = code.get(0).replace("`", "");
          String value = key.equals("fields") ? "{" + span + "}" : span;
          String access = "{roles: {writer: [list]}, %s: %s}".formatted(key, value);
          mappings.put(
              key + " " + span,
              "resources: {notes: {service: memory, access: %s}}\n"
                  .formatted(access.replace("…", "true")));
        }
      }
    }
    return mappings;
  }

  @Test
  void rules_meanWhatThePageSays() throws Exception {
    String snippet =
        DocsPage.read(PAGE).mappings().stream()
            .map(DocsPage.Mapping::yaml)
            .filter(yaml -> yaml.contains("rules:"))
            .findFirst()
            .orElseThrow();
    RSAKey key = TokenIssuer.key("key");
    Path mapping = folder.resolve("rules.yaml");
    try (TokenIssuer issuer = new TokenIssuer(key)) {
      Files.writeString(
          mapping,
          "authentication: {jwt: [{issuer: %s, audience: [%s], jwks: \"%s\"}]}\n"
                  .formatted(TokenIssuer.ISSUER, TokenIssuer.AUDIENCE, issuer.url())
              + complete(snippet));
      String ann = TokenIssuer.signed(key, TokenIssuer.claims("ann").claim("team", "red"));
      String bob = TokenIssuer.signed(key, TokenIssuer.claims("bob").claim("team", "blue"));
      try (SocketClient client = SocketClient.start(mapping)) {
        create(client, ann, 201, "{\"id\": \"1\", \"team\": \"red\", \"state\": \"open\"}");
        create(client, ann, 201, "{\"id\": \"2\", \"public\": true, \"state\": \"open\"}");
        create(client, ann, 403, "{\"id\": \"3\", \"team\": \"red\", \"state\": \"closed\"}");
        send(client, ann, 200, Request.of("GET", "/api/orders/1"));
        send(client, bob, 404, Request.of("GET", "/api/orders/1"));
        send(client, bob, 200, Request.of("GET", "/api/orders/2"));
        send(client, bob, 404, Request.json("PATCH", "/api/orders/1", "{\"n\": 1}"));
        send(client, bob, 200, Request.json("PATCH", "/api/orders/2", "{\"n\": 1}"));
        send(client, bob, 403, Request.json("PATCH", "/api/orders/2", "{\"state\": \"closed\"}"));
      }
    }
  }

  private static void create(SocketClient client, String token, int status, String json) {
    send(client, token, status, Request.json("POST", "/api/orders", json));
  }

  private static void send(SocketClient client, String token, int status, Request request) {
    Request sent = request.header("Authorization", "Bearer " + token);
    assertThat(client.send(sent).status()).as(request.toString()).isEqualTo(status);
  }
}

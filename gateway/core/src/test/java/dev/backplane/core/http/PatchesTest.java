package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backplane.core.mapping.MappingReader;
import dev.backplane.core.plugin.OpenStores;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchesTest {
  @TempDir Path directory;
  private Patches patches;

  @BeforeEach
  void serve() throws IOException {
    Path file = directory.resolve("mapping.yaml");
    Files.writeString(
        file,
        """
        resources:
          users: {service: memory, write-only: [account.password]}
        """);
    ServedResource resource =
        new ServedResource(
            MappingReader.read(file, Map.of()).mapping().resources().get(0),
            OpenStores.of(new Empty()));
    patches = new Patches(resource, 1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'copy', 'from': '/account/password', 'path': '/seen'}",
        "{'op': 'copy', 'from': '/account', 'path': '/seen'}",
        "{'op': 'copy', 'from': '', 'path': '/seen'}",
        "{'op': 'move', 'from': '/account', 'path': '/seen'}",
        "{'op': 'test', 'path': '/account/password', 'value': 'guess'}",
        "{'op': 'test', 'path': '/account/0/password/1', 'value': 'guess'}"
      })
  void jsonPatch_whenItReadsWhatNobodyGetsToSee_isRefused(String operation) {
    HttpProblem refused =
        catchThrowableOfType(HttpProblem.class, () -> patches.of(json("[" + operation + "]"), "a"));
    assertThat(refused.status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'replace', 'path': '/account/password', 'value': 'new'}",
        "{'op': 'copy', 'from': '/account/name', 'path': '/seen'}",
        "{'op': 'test', 'path': '/id', 'value': 'a'}"
      })
  void jsonPatch_whenItDoesNot_isApplied(String operation) {
    JsonValue item = json("{'id': 'a', 'account': {'name': 'n', 'password': 'p'}}");
    assertThat(patches.of(json("[" + operation + "]"), "a").apply((JsonObject) item))
        .isInstanceOf(JsonObject.class);
  }

  private static JsonValue json(String text) {
    return Json.CODEC.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static final class Empty implements Store {
    @Override
    public Optional<Item> get(String id) {
      return Optional.empty();
    }

    @Override
    public Page list(Query query) {
      return Page.last(List.of());
    }
  }
}

package dev.backplane.plugin.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Store;
import dev.backplane.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3ServiceTest {
  private static final JsonObject AWS =
      JsonObject.of("region", new JsonString("eu-west-1"))
          .with("bucket", new JsonString("some-bucket"));

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "region, , AWS region",
    "region, EU West, AWS region",
    "bucket, , missing",
    "bucket, ab, 3 to 63",
    "bucket, Some-Bucket, lower-case",
    "bucket, a/b/c, 3 to 63",
    "prefix, /users/, alone",
    "suffix, json, or none",
    "suffix, ./json, or none",
    "max-item-size, much, KB or MB",
    "max-item-size, 65MB, 64MB",
    "max-item-size, 0, 64MB",
    "endpoint, localhost:4566, aws",
    "endpoint, ftp://x, aws",
    "endpoint, http://, aws",
    "path-style, maybe, true or false",
    "create-bucket, maybe, true or false",
    "create-bucket, true, emulators",
    "timeout, soon, time",
    "timeout, 1ms, 10ms",
    "max-connections, 0, whole number"
  })
  void open_when_a_setting_is_wrong_names_it(String key, String value, String words) {
    assertWrong(
        value == null ? AWS.without(key) : AWS.with(key, new JsonString(value)), key, words);
  }

  @Test
  void open_when_credentials_contradict_each_other_says_so() {
    JsonObject pair =
        AWS.with("access-key", new JsonString("AKIA")).with("secret-key", new JsonString("hush"));
    assertWrong(pair.without("secret-key"), "secret-key", "together");
    assertWrong(pair.without("access-key"), "access-key", "together");
    assertWrong(pair.with("profile", new JsonString("x")), "profile", "exclude");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[1]", "[{\"name\": \"x\"}]", "[{\"id\": \"\"}]", "[", ""})
  void open_when_the_seed_is_wrong_says_so(String content) throws IOException {
    Files.writeString(directory.resolve("seed.json"), content);
    JsonObject settings =
        AWS.with("endpoint", new JsonString("http://localhost:1"))
            .with("create-bucket", new JsonString("true"))
            .with("seed", new JsonString("seed.json"));
    assertWrong(settings, "seed", "names a file");
  }

  @Test
  void open_does_no_network_and_reads_every_setting() {
    TestContext context =
        TestContext.of(AWS.with("endpoint", new JsonString("http://192.0.2.1")), directory);
    try (Store store = new S3Service().open(context)) {
      assertThat(store).isNotNull();
    }
    assertThat(context.settings().asked())
        .containsExactlyInAnyOrder(
            "bucket",
            "prefix",
            "suffix",
            "max-item-size",
            "region",
            "endpoint",
            "profile",
            "access-key",
            "secret-key",
            "path-style",
            "timeout",
            "max-connections",
            "create-bucket",
            "seed");
  }

  private void assertWrong(JsonObject settings, String key, String words) {
    assertThatThrownBy(() -> new S3Service().open(TestContext.of(settings, directory)))
        .isInstanceOfSatisfying(
            SettingException.class,
            wrong -> {
              assertThat(wrong.key()).isEqualTo(key);
              assertThat(wrong).hasMessageContaining(words);
            });
  }
}

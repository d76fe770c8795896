package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Store;
import dev.backplane.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoDbServiceTest {
  private static final JsonObject AWS = settings("region", "eu-west-1");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "region, , AWS region",
    "region, EU West, AWS region",
    "endpoint, localhost:8000, aws",
    "endpoint, ftp://x, aws",
    "endpoint, http://, aws",
    "endpoint, http://a b, aws",
    "key-type, text, string",
    "sort-key, id, another attribute",
    "sort-key-type, text, string",
    "show-keys, true, sort-key",
    "scan-segments, 17, whole number",
    "allow-scan, maybe, true or false",
    "indexes, by-city, group",
    "table, ab, 3 to 255",
    "table, a/b/c, 3 to 255",
    "version, id, of its own",
    "created, id, of its own",
    "updated, _version, of its own",
    "timestamps, unix, epoch-seconds",
    "ids, random, uuid-v7",
    "ttl, id, of its own",
    "create-tables, maybe, true or false",
    "create-tables, true, emulators",
    "timeout, soon, time",
    "timeout, 1ms, 10ms",
    "max-connections, 0, whole number",
    "consistent, maybe, true or false"
  })
  void open_when_a_setting_is_wrong_names_it(String key, String value, String words) {
    JsonObject settings = value == null ? AWS.without(key) : AWS.with(key, new JsonString(value));
    assertWrong(settings, Map.of(), key, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'by-city': {}} | indexes.by-city.key | missing",
        "{'by-city': {'key': 'city', 'sort': 'age'}} | indexes.by-city.sort | ",
        "{'x': {'key': 'city'}} | indexes.x.key | 3 to 255",
        "{'by-city': {'key': 'city', 'local': true}} | indexes.by-city.local | own key",
        "{'by-age': {'key': 'id', 'sort-key': 'age', 'local': true}} | indexes.by-age.local | sort-key",
        "{'by-id': {'key': 'x', 'sort-key': 'id', 'sort-key-type': 'number'}} | indexes.by-id.sort-key-type | string",
        "{'by-city': {'key': 'city', 'projection': 'some'}} | indexes.by-city.projection | all"
      })
  void open_when_an_index_is_wrong_names_it(String indexes, String key, String words) {
    JsonObject settings = AWS.with("indexes", TestTable.json(indexes));
    if (words != null) {
      assertWrong(settings, Map.of(), key, words);
      return;
    }
    TestContext context = TestContext.of(settings, directory);
    new DynamoDbService(Map.of()).open(context).close();
    assertThat(context.settings().unread()).containsExactly(key); // which stops the start
  }

  @Test
  void open_when_everyday_fields_contradict_each_other_names_one() {
    JsonObject same = AWS.with("created", new JsonString("at"));
    assertWrong(same.with("updated", new JsonString("at")), Map.of(), "updated", "another");
    JsonObject indexed = same.with("indexes", TestTable.json("{'by-at': {'key': 'at'}}"));
    assertWrong(
        indexed.with("timestamps", new JsonString("epoch-seconds")),
        Map.of(),
        "timestamps",
        "by-at");
    assertWrong(same.with("ttl", new JsonString("at")), Map.of(), "ttl", "another");
    JsonObject ending = indexed.without("created").with("ttl", new JsonString("at"));
    assertWrong(ending, Map.of(), "ttl", "by-at");
  }

  @Test
  void open_when_ordered_ids_do_not_fit_the_key_says_so() {
    JsonObject ordered = AWS.with("ids", new JsonString("uuid-v7"));
    JsonString number = new JsonString("number");
    assertWrong(ordered.with("key-type", number), Map.of(), "ids", "text");
    JsonObject composite = ordered.with("sort-key", new JsonString("at"));
    assertWrong(composite.with("sort-key-type", number), Map.of(), "ids", "text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:4566",
        "http://LOCALHOST",
        "http://127.0.0.1:8000",
        "http://127.1.2.3",
        "http://[::1]:8000",
        "http://[0:0:0:0:0:0:0:1]",
        "https://localhost.localstack.cloud:4566",
        "https://dynamodb.localhost.localstack.cloud"
      })
  void open_when_the_endpoint_is_this_machine_makes_tables(String endpoint) {
    // which shows here by reading the seed
    JsonObject settings =
        AWS.with("endpoint", new JsonString(endpoint)).with("seed", new JsonString("none.json"));
    assertWrong(settings, Map.of(), "seed", "file");
    open(settings.with("create-tables", JsonBoolean.FALSE), Map.of()).close();
    open(settings, Map.of("AWS_LAMBDA_FUNCTION_NAME", "f")).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localstack:4566",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "http://notlocalhost.localstack.cloud",
        "http://10.0.0.1",
        "http://[::2]",
        "http://[fe80::1]"
      })
  void open_when_the_endpoint_is_elsewhere_makes_tables_on_demand_only(String endpoint) {
    JsonObject settings =
        AWS.with("endpoint", new JsonString(endpoint)).with("seed", new JsonString("none.json"));
    open(settings, Map.of()).close();
    assertWrong(settings.with("create-tables", JsonBoolean.TRUE), Map.of(), "seed", "file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://dynamodb.eu-west-1.amazonaws.com",
        "https://dynamodb.cn-north-1.amazonaws.com.cn",
        "https://vpce-1.dynamodb.eu-west-1.vpce.amazonaws.com",
        "https://dynamodb.eu-west-1.api.aws"
      })
  void open_when_the_endpoint_is_that_of_aws_refuses_to_make_tables(String endpoint) {
    JsonObject settings = AWS.with("endpoint", new JsonString(endpoint));
    open(settings, Map.of()).close();
    assertWrong(
        settings.with("create-tables", JsonBoolean.TRUE), Map.of(), "create-tables", "emulators");
  }

  private Store open(JsonObject settings, Map<String, String> environment) {
    return new DynamoDbService(environment).open(TestContext.of(settings, directory));
  }

  @Test
  void open_when_credentials_are_incomplete_or_twofold_is_refused() {
    assertWrong(AWS.with("access-key", new JsonString("a")), Map.of(), "secret-key", "together");
    JsonObject secret = AWS.with("secret-key", new JsonString("s3cret"));
    assertWrong(secret, Map.of(), "access-key", "together");
    JsonObject both =
        secret.with("access-key", new JsonString("a")).with("profile", new JsonString("p"));
    assertWrong(both, Map.of(), "profile", "exclude");
  }

  @Test
  void open_when_local_is_not_fetched_says_who_fetches_it() {
    assertWrong(settings("endpoint", "local"), Map.of(), "local-home", "./serve");
  }

  @Test
  void open_when_local_on_lambda_is_refused() {
    Map<String, String> lambda = Map.of("AWS_LAMBDA_FUNCTION_NAME", "f");
    assertWrong(settings("endpoint", "local"), lambda, "endpoint", "Lambda");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "{}",
        "[1]",
        "[{\"name\": \"no id\"}]",
        "[{\"id\": 1}]",
        "[{\"id\": \"1\", \"big\": 1e999}]"
      })
  void open_when_the_seed_is_wrong_says_so(String seed) throws IOException {
    Files.createDirectories(directory.resolve("home"));
    Files.createFile(directory.resolve("home/some.jar"));
    Files.writeString(directory.resolve("seed.json"), seed);
    JsonObject settings =
        settings("endpoint", "local")
            .with("local-home", new JsonString("home"))
            .with("seed", new JsonString("seed.json"));
    assertWrong(settings, Map.of(), "seed", "file");
    assertThat(directory.resolve(".backplane")).doesNotExist();
  }

  @Test
  void open_when_not_local_leaves_local_settings_alone() {
    JsonObject settings =
        AWS.with("seed", new JsonString("no-such-file.json"))
            .with("local-home", new JsonString("no-such-directory"))
            .with("local-data", new JsonString("no-such-directory"));
    TestContext context = TestContext.of(settings, directory);
    try (Store store = new DynamoDbService(Map.of()).open(context)) {
      assertThat(store).isNotNull();
      assertThat(context.settings().unread()).isEmpty();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void open_when_done_has_asked_for_every_setting() {
    TestContext context = TestContext.of(AWS, directory);
    new DynamoDbService(Map.of()).open(context).close();
    assertThat(context.settings().asked())
        .containsExactlyInAnyOrder(
            "region",
            "endpoint",
            "profile",
            "access-key",
            "secret-key",
            "timeout",
            "max-connections",
            "table",
            "key",
            "key-type",
            "version",
            "sort-key",
            "sort-key-type",
            "show-keys",
            "shared",
            "allow-scan",
            "scan-segments",
            "indexes",
            "consistent",
            "created",
            "updated",
            "timestamps",
            "ids",
            "ttl",
            "create-tables",
            "seed",
            "local-home",
            "local-data");
  }

  @Test
  void settings_when_printed_keep_the_secret() {
    JsonObject secret =
        AWS.with("access-key", new JsonString("AKIA")).with("secret-key", new JsonString("s3cret"));
    TestContext context = TestContext.of(secret, directory);
    assertThat(ConnectionSettings.read(context.settings(), Map.of()).toString())
        .contains("eu-west-1")
        .doesNotContain("s3cret", "AKIA");
  }

  private void assertWrong(
      JsonObject settings, Map<String, String> environment, String key, String words) {
    assertThatThrownBy(
            () -> new DynamoDbService(environment).open(TestContext.of(settings, directory)))
        .hasMessageContaining(words)
        .hasMessageNotContaining("s3cret")
        .isInstanceOfSatisfying(
            SettingException.class, wrong -> assertThat(wrong.key()).isEqualTo(key));
  }

  private static JsonObject settings(String key, String value) {
    return JsonObject.of(key, new JsonString(value));
  }
}

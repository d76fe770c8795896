package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The DynamoDB that the integration tests of this JVM run against: the endpoint in the environment
 * variable DYNAMODB_TEST_ENDPOINT where there is one, DynamoDB Local otherwise. The function's
 * tests use it, too.
 */
public final class TestDatabase {
  private static final String VARIABLE = "DYNAMODB_TEST_ENDPOINT";
  private static final TestDatabase INSTANCE = choose();

  private final URI endpoint;
  private final DynamoDbClient client;

  private TestDatabase(URI endpoint, String description) {
    this.endpoint = endpoint;
    this.client = client(endpoint);
    say("DynamoDB tests run against " + description + " at " + endpoint);
  }

  public static TestDatabase get() {
    return INSTANCE;
  }

  public URI endpoint() {
    return endpoint;
  }

  /** A client of the tests' own: another program that uses the same tables. */
  public DynamoDbClient client() {
    return client;
  }

  static DynamoDbClient client(URI endpoint, ExecutionInterceptor... interceptors) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of("eu-west-1"))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(Apache5HttpClient.builder())
        .overrideConfiguration(configuration -> {
          for (ExecutionInterceptor interceptor : interceptors) {
            configuration.addExecutionInterceptor(interceptor);
          }
        })
        .build();
  }

  /** Makes a table of a name of its own, with the key and the indexes of a mapping's settings. */
  String newTable(JsonObject settings) {
    String name = "test-" + UUID.randomUUID();
    client.createTable(TestTable.definition(name, settings));
    client.waiter().waitUntilTableExists(request -> request.tableName(name));
    return name;
  }

  /** Makes a table of a name of its own. */
  public String newTable(String key, ScalarAttributeType type) {
    String name = "test-" + UUID.randomUUID();
    client.createTable(request ->
        request
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(KeySchemaElement.builder().attributeName(key).keyType("HASH").build())
            .attributeDefinitions(
                AttributeDefinition.builder().attributeName(key).attributeType(type).build()));
    client.waiter().waitUntilTableExists(request -> request.tableName(name));
    return name;
  }

  /** The settings that open a table of this database. */
  JsonObject settings(String table) {
    return JsonObject.of("table", new JsonString(table))
        .with("endpoint", new JsonString(endpoint.toString()))
        .with("region", new JsonString("eu-west-1"))
        .with("access-key", new JsonString("test"))
        .with("secret-key", new JsonString("test"));
  }

  /** Where DynamoDB Local was fetched to. */
  static Path localHome() {
    return Path.of(System.getProperty("dynamodb.local.home", "../../.backplane/dynamodb-local"))
        .toAbsolutePath()
        .normalize();
  }

  private static TestDatabase choose() {
    Optional<String> given = Optional.ofNullable(System.getenv(VARIABLE));
    return given
        .map(uri -> new TestDatabase(URI.create(uri), "the endpoint in " + VARIABLE))
        .orElseGet(TestDatabase::startLocal);
  }

  /** It ends with this JVM, as it does with a gateway. */
  private static TestDatabase startLocal() {
    try {
      Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "dynamodb");
      LocalProcess process =
          LocalProcess.start(new Endpoint.Local(localHome(), data.toAbsolutePath()));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!process.answers()) {
        if (!process.isAlive() || System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("DynamoDB Local did not start; its log is in " + data);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      return new TestDatabase(process.endpoint(), "DynamoDB Local");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void say(String line) {
    System.out.println(line);
    try {
      Files.writeString(Path.of("target", "dynamodb-backend.txt"), line + System.lineSeparator());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

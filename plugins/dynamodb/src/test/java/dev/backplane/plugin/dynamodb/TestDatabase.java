package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
 * The DynamoDB that the integration tests of this JVM run against, see {@link TestBackend}. The
 * tests of the function and of the server use it, too.
 */
public final class TestDatabase {
  private static final FutureTask<TestDatabase> CHOICE =
      new FutureTask<>(() -> new TestDatabase(TestBackend.choose().endpoint()));

  private final URI endpoint;
  private final DynamoDbClient client;

  private TestDatabase(URI endpoint) {
    this.endpoint = endpoint;
    this.client = client(endpoint);
  }

  /** Chosen once. Where that fails, each test that asks fails for the same reason. */
  public static TestDatabase get() {
    CHOICE.run();
    try {
      return CHOICE.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause().getMessage(), failure.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
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
    makeTable(name, key, type);
    return name;
  }

  /** Makes a table, and returns when it can be used. */
  public void makeTable(String name, String key, ScalarAttributeType type) {
    client.createTable(request ->
        request
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(KeySchemaElement.builder().attributeName(key).keyType("HASH").build())
            .attributeDefinitions(
                AttributeDefinition.builder().attributeName(key).attributeType(type).build()));
    client.waiter().waitUntilTableExists(request -> request.tableName(name));
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
}

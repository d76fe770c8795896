package dev.backplane.plugin.s3;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The bucket that the integration tests of this JVM use, see {@link TestBackend}; each test has a
 * prefix of its own. The tests of the server use it, too.
 */
public final class TestBucket {
  private static final FutureTask<TestBucket> CHOICE =
      new FutureTask<>(() -> {
        TestBackend backend = TestBackend.choose();
        return new TestBucket(backend.endpoint(), !backend.isStandIn());
      });

  private final URI endpoint;
  private final boolean takesParts;
  private final String name = "test-" + UUID.randomUUID();
  private final S3Client client;

  /** One of a stand-in. */
  TestBucket(URI endpoint) {
    this(endpoint, false);
  }

  private TestBucket(URI endpoint, boolean takesParts) {
    this.endpoint = endpoint;
    this.takesParts = takesParts;
    this.client = client(endpoint);
    client.createBucket(create ->
        create
            .bucket(name)
            .createBucketConfiguration(where -> where.locationConstraint("eu-west-1")));
  }

  /** Chosen once. Where that fails, each test that asks fails for the same reason. */
  public static TestBucket get() {
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

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.of("eu-west-1"))
        .forcePathStyle(true)
        .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  /** Where it is. */
  public URI endpoint() {
    return endpoint;
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** A client of the tests' own: another program that uses the same bucket. */
  public S3Client client() {
    return client;
  }

  /** Whether an object can be stored in parts. */
  boolean takesParts() {
    return takesParts;
  }

  /** Stores an object as another program would. */
  void put(String key, String content) {
    client.putObject(put -> put.bucket(name).key(key), RequestBody.fromString(content));
  }

  /** A prefix that nobody has yet. */
  String newPrefix() {
    return "test-" + UUID.randomUUID() + "/";
  }

  /** The settings that open a prefix of it. */
  JsonObject settings(String prefix) {
    return settings(endpoint, name).with("prefix", new JsonString(prefix));
  }

  static JsonObject settings(URI endpoint, String bucket) {
    return JsonObject.of("bucket", new JsonString(bucket))
        .with("endpoint", new JsonString(endpoint.toString()))
        .with("region", new JsonString("eu-west-1"))
        .with("access-key", new JsonString("test"))
        .with("secret-key", new JsonString("test"));
  }
}

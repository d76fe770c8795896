package dev.backplane.plugin.dynamodb;

import dev.backplane.plugin.dynamodb.ConnectionSettings.AccessKey;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * A client of DynamoDB and, where the endpoint is local, the process behind it. Nothing is left for
 * the SDK to look up: it finds HTTP clients by scanning and regions by asking a network address.
 */
final class Connection implements AutoCloseable {
  private static final AccessKey ANY = new AccessKey("local", "local");

  private final ConnectionSettings settings;
  private final Shared<Endpoint.Local, LocalDynamoDb> locals;
  private final AwsCredentialsProvider credentials;
  private Shared<Endpoint.Local, LocalDynamoDb>.@Nullable Lease local;
  private @Nullable ExecutorService background;
  private volatile @Nullable DynamoDbClient client;

  Connection(ConnectionSettings settings, Shared<Endpoint.Local, LocalDynamoDb> locals) {
    this.settings = settings;
    this.locals = locals;
    this.credentials = credentials(settings);
  }

  /** The client, made at the first call: it costs more than all the rest of a start. */
  DynamoDbClient client() {
    DynamoDbClient made = client;
    return made == null ? make() : made;
  }

  /** Runs something when the database is there, and after what was asked for before. */
  CompletableFuture<Void> inBackground(Runnable action) {
    return settings.endpoint() instanceof Endpoint.Local
        ? startLocal().inBackground(action)
        : CompletableFuture.runAsync(action, background());
  }

  private synchronized ExecutorService background() {
    ExecutorService running = background;
    if (running == null) {
      running =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("dynamodb-tables").factory());
      background = running;
    }
    return running;
  }

  /** The process behind a local endpoint, which the first to ask launches. */
  private synchronized LocalDynamoDb startLocal() {
    Shared<Endpoint.Local, LocalDynamoDb>.Lease lease = local;
    if (lease == null) {
      lease = locals.lease((Endpoint.Local) settings.endpoint());
      local = lease;
    }
    return lease.value();
  }

  private synchronized DynamoDbClient make() {
    DynamoDbClient made = client;
    if (made == null) {
      made = build();
      client = made;
    }
    return made;
  }

  private DynamoDbClient build() {
    Duration timeout = settings.timeout();
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials)
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(settings.maxConnections())
                    .connectionTimeout(timeout.dividedBy(2))
                    .connectionAcquisitionTimeout(timeout)
                    .socketTimeout(timeout))
            .overrideConfiguration(configuration -> {
              configuration
                  .apiCallTimeout(timeout)
                  // leaves time for a second attempt when a connection went dead
                  .apiCallAttemptTimeout(timeout.multipliedBy(2).dividedBy(3))
                  .retryStrategy(retries());
              if (settings.endpoint() instanceof Endpoint.Local here) {
                configuration.addExecutionInterceptor(new FullDisk(here.data()));
              }
            });
    endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /** Few and quick: the SDK's own waits after throttling are longer than a call may take. */
  private static StandardRetryStrategy retries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(4)
        .backoffStrategy(
            BackoffStrategy.exponentialDelay(Duration.ofMillis(25), Duration.ofMillis(250)))
        .throttlingBackoffStrategy(
            BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(1)))
        .build();
  }

  private Optional<URI> endpoint() {
    return switch (settings.endpoint()) {
      case Endpoint.Aws aws -> Optional.empty();
      case Endpoint.Custom custom -> Optional.of(custom.uri());
      case Endpoint.Local here -> Optional.of(startLocal().endpoint());
    };
  }

  private static AwsCredentialsProvider credentials(ConnectionSettings settings) {
    Optional<AccessKey> pair = settings.credentials();
    if (pair.isEmpty() && settings.endpoint() instanceof Endpoint.Local) {
      pair = Optional.of(ANY);
    }
    if (pair.isPresent()) {
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(pair.get().id(), pair.get().secret()));
    }
    return settings
        .profile()
        .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  @Override
  public synchronized void close() {
    ExecutorService running = background;
    if (running != null) {
      running.shutdownNow();
    }
    DynamoDbClient made = client;
    if (made != null) {
      made.close();
    }
    if (credentials instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
    Shared<Endpoint.Local, LocalDynamoDb>.Lease lease = local;
    if (lease != null) {
      lease.close();
    }
  }
}

package dev.backplane.plugin.s3;

import dev.backplane.plugin.s3.ConnectionSettings.AccessKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
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
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * A client of S3, with the threads that read several objects at once. Nothing is left for the SDK
 * to look up: it finds HTTP clients by scanning and regions by asking a network address. Safe for
 * use by many threads.
 */
final class Connection implements AutoCloseable {
  private final ConnectionSettings settings;
  private final AwsCredentialsProvider credentials;
  private final Semaphore reads;
  private final AtomicBoolean conditionalDeletes = new AtomicBoolean(true);
  private @Nullable ExecutorService readers;
  private volatile @Nullable S3Client client;

  Connection(ConnectionSettings settings) {
    this.settings = settings;
    this.credentials = credentials(settings);
    // leaves some connections to those who want one object
    int most = settings.maxConnections();
    this.reads = new Semaphore(Math.max(1, most - most / 4));
  }

  Duration timeout() {
    return settings.timeout();
  }

  String region() {
    return settings.region();
  }

  /** What each of the {@link #readers} takes while it reads. */
  Semaphore reads() {
    return reads;
  }

  /** Whether the service deletes on a condition, as far as is known; false once it said no. */
  AtomicBoolean conditionalDeletes() {
    return conditionalDeletes;
  }

  /** The client, made at the first call: it costs more than all the rest of a start. */
  S3Client client() {
    S3Client made = client;
    return made == null ? make() : made;
  }

  /** Runs what waits for S3; never more than {@link #reads} of it are at work. */
  synchronized ExecutorService readers() {
    ExecutorService running = readers;
    if (running == null) {
      running = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("s3-", 0).factory());
      readers = running;
    }
    return running;
  }

  private synchronized S3Client make() {
    S3Client made = client;
    if (made == null) {
      made = build();
      client = made;
    }
    return made;
  }

  private S3Client build() {
    Duration timeout = settings.timeout();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials)
            .forcePathStyle(settings.pathStyle())
            // objects are small and at hand whole
            .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(settings.maxConnections())
                    .connectionTimeout(timeout.dividedBy(2))
                    .connectionAcquisitionTimeout(timeout)
                    .socketTimeout(timeout))
            .overrideConfiguration(configuration ->
                configuration
                    .apiCallTimeout(timeout)
                    // leaves time for a second attempt when a connection went dead
                    .apiCallAttemptTimeout(timeout.multipliedBy(2).dividedBy(3))
                    .retryStrategy(retries()));
    if (settings.endpoint() instanceof Endpoint.Custom custom) {
      builder.endpointOverride(custom.uri());
    }
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

  private static AwsCredentialsProvider credentials(ConnectionSettings settings) {
    Optional<AccessKey> pair = settings.credentials();
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
    ExecutorService running = readers;
    if (running != null) {
      running.shutdownNow();
    }
    S3Client made = client;
    if (made != null) {
      made.close();
    }
    if (credentials instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }
}

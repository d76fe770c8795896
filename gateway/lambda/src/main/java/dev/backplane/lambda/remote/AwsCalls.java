package dev.backplane.lambda.remote;

import dev.backplane.lambda.environment.FunctionVariables;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;

/**
 * Calls one service of AWS, with the SDK's signer, credentials and HTTP client. Not with the SDK's
 * clients of these services: they are 10 MB, as much as all the rest of the function, for one GET.
 * A connection is not kept, as the next call is a minute away.
 */
final class AwsCalls {
  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int TRIES = 3;
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration READ = Duration.ofSeconds(5);

  /**
   * An answer.
   *
   * @param http its status and headers
   * @param body its body, maybe empty
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(SdkHttpResponse http, byte[] body) {
    String header(String name) {
      return http.firstMatchingHeader(name).orElse("");
    }
  }

  private final String service;
  private final Region region;
  private final Optional<URI> endpoint;

  AwsCalls(String service, Map<String, String> environment) {
    this.service = service;
    String name = FunctionVariables.REGION.in(environment);
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "needs the region of AWS in the variable " + FunctionVariables.REGION.name());
    }
    this.region = Region.of(name);
    String all = FunctionVariables.ENDPOINT.in(environment);
    String own = FunctionVariables.ENDPOINT.name() + "_" + service.toUpperCase(Locale.ROOT);
    String url = environment.getOrDefault(own, all);
    this.endpoint = url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url));
  }

  /** An endpoint that is not AWS's own, such as LocalStack's. */
  Optional<URI> endpoint() {
    return endpoint;
  }

  Region region() {
    return region;
  }

  /** AWS's own endpoint of the service, for example {@code ssm.eu-west-1.amazonaws.com}. */
  String host() {
    return service + "." + region.id() + "." + region.metadata().partition().dnsSuffix();
  }

  /**
   * Sends a request, again when AWS fails.
   *
   * @throws IOException when there is no answer, or none but of a service that failed
   */
  Answer send(SdkHttpRequest request, byte[] body) throws IOException {
    try (SdkHttpClient http =
            Apache5HttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ).build();
        DefaultCredentialsProvider credentials = DefaultCredentialsProvider.builder().build()) {
      AwsCredentialsIdentity identity = credentials.resolveCredentials();
      for (int rest = TRIES - 1; ; rest--) {
        try {
          Answer answer = send(http, sign(request, body, identity));
          if (answer.http().statusCode() < 500 || rest == 0) {
            return answer;
          }
        } catch (IOException failure) {
          if (rest == 0) {
            throw failure;
          }
        }
      }
    } catch (SdkException noCredentials) {
      throw new IOException(noCredentials.getMessage(), noCredentials);
    }
  }

  private SignedRequest sign(SdkHttpRequest request, byte[] body, AwsCredentialsIdentity identity) {
    boolean isS3 = service.equals("s3"); // whose paths are signed as they are
    return AwsV4HttpSigner.create()
        .sign(signing ->
            signing
                .identity(identity)
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !isS3)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !isS3));
  }

  private static Answer send(SdkHttpClient http, SignedRequest signed) throws IOException {
    HttpExecuteRequest executed =
        HttpExecuteRequest.builder()
            .request(signed.request())
            .contentStreamProvider(signed.payload().orElse(null))
            .build();
    HttpExecuteResponse response = http.prepareRequest(executed).call();
    if (response.responseBody().isEmpty()) {
      return new Answer(response.httpResponse(), new byte[0]);
    }
    try (InputStream in = response.responseBody().get()) {
      byte[] body = in.readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        throw new IOException("it is larger than 4 MB");
      }
      return new Answer(response.httpResponse(), body);
    }
  }
}

package dev.backplane.lambda.remote;

import dev.backplane.lambda.remote.AwsCalls.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * An object of S3 (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</a>).
 */
final class S3Object implements RemoteFile {
  static final String SCHEME = "s3://";

  private final String bucket;
  private final String key;
  private final AwsCalls calls;

  private S3Object(String bucket, String key, AwsCalls calls) {
    this.bucket = bucket;
    this.key = key;
    this.calls = calls;
  }

  static S3Object of(String uri, AwsCalls calls) {
    String[] parts = uri.substring(SCHEME.length()).split("/", 2);
    if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new IllegalArgumentException("needs a bucket and a key, as s3://bucket/key");
    }
    return new S3Object(parts[0], parts[1], calls);
  }

  @Override
  public Optional<Content> get(String known) throws IOException {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(address());
    if (!known.isEmpty()) {
      request.putHeader("If-None-Match", known);
    }
    Answer answer = calls.send(request.build(), new byte[0]);
    return switch (answer.http().statusCode()) {
      case 200 -> Optional.of(new Content(answer.body(), answer.header("ETag")));
      case 304 -> Optional.empty();
      case 301, 307 ->
          throw new IOException(
              "the bucket is in another region"
                  + (answer.header("x-amz-bucket-region").isEmpty()
                      ? ""
                      : ", " + answer.header("x-amz-bucket-region"))
                  + ", and has to be in the function's, "
                  + calls.region().id());
      case 403 ->
          throw new IOException(
              "S3 refuses it: the function's role needs s3:GetObject for this object, which also"
                  + " has to exist");
      case 404 -> throw new IOException("there is no such object");
      default -> throw new IOException("S3 answers with the status " + answer.http().statusCode());
    };
  }

  /** By the bucket's own host name, as AWS wants it; a name with dots fits into no certificate. */
  private URI address() {
    String path = SdkHttpUtils.urlEncodeIgnoreSlashes(key);
    if (calls.endpoint().isPresent()) {
      return URI.create(calls.endpoint().get() + "/" + bucket + "/" + path);
    }
    return URI.create(
        bucket.contains(".")
            ? "https://" + calls.host() + "/" + bucket + "/" + path
            : "https://" + bucket + "." + calls.host() + "/" + path);
  }
}

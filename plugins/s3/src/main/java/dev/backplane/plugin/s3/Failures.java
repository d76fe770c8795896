package dev.backplane.plugin.s3;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.io.InterruptedIOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a failure of the service means for the client, in words of our own: the service's name
 * buckets, accounts and keys. Those go into the log with the cause.
 */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(S3Service.class);

  private static final Set<String> THROTTLING =
      Set.of("SlowDown", "ServiceUnavailable", "TooManyRequests", "RequestLimitExceeded", "503");

  private static final Set<String> REGION =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");

  private static final Set<String> CREDENTIALS =
      Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired", "NotSignedUp");

  private static final Set<String> TOO_LARGE = Set.of("EntityTooLarge", "KeyTooLongError");

  private final BucketSettings bucket;
  private final String region;

  Failures(BucketSettings bucket, String region) {
    this.bucket = bucket;
    this.region = region;
  }

  StoreException translate(SdkException failure) {
    return switch (failure) {
      case ApiCallTimeoutException timeout -> timeout(failure);
      case ApiCallAttemptTimeoutException timeout -> timeout(failure);
      case AbortedException interrupted -> {
        Thread.currentThread().interrupt(); // whoever interrupted still wants this thread to end
        yield timeout(failure);
      }
      case AwsServiceException answer -> answer(answer);
      case SdkClientException noAnswer -> noAnswer(noAnswer);
      default -> unavailable("The backend of this resource failed.", failure);
    };
  }

  /** Whether it is the bucket that is missing, and not an object. */
  static boolean isAboutBucket(AwsServiceException failure) {
    return code(failure).equals("NoSuchBucket");
  }

  private static String code(AwsServiceException failure) {
    String code = failure.awsErrorDetails() == null ? "" : failure.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  private StoreException answer(AwsServiceException failure) {
    String code = code(failure);
    int status = failure.statusCode();
    if (isAboutBucket(failure)) {
      LOG.error("The bucket \"{}\" does not exist", bucket.bucket());
      return unavailable("The bucket behind this resource does not exist.", failure);
    }
    if (failure.isThrottlingException() || THROTTLING.contains(code) || status == 503) {
      return new StoreException(
          Reason.THROTTLED, "The backend of this resource has too much to do.", failure);
    }
    if (REGION.contains(code) || status == 301 || status == 307) {
      LOG.error("The bucket \"{}\" is not in the region {}: {}", bucket.bucket(), region, code);
      return unavailable("The mapping of this resource does not fit its bucket.", failure);
    }
    if (status == 401 || status == 403 || CREDENTIALS.contains(code)) {
      return denied(code, failure);
    }
    if (code.equals("RequestTimeout")) {
      return timeout(failure);
    }
    if (TOO_LARGE.contains(code)) {
      return new StoreException(
          Reason.INVALID, "The backend of this resource cannot hold an item so large.", failure);
    }
    LOG.error("The bucket \"{}\" answered {} {}", bucket.bucket(), status, code);
    return unavailable("The backend of this resource failed.", failure);
  }

  private StoreException denied(String code, AwsServiceException failure) {
    if (code.equals("InvalidObjectState")) {
      LOG.error("An object in the bucket \"{}\" is archived", bucket.bucket());
      return unavailable("An item of this resource is archived.", failure);
    }
    LOG.error("The credentials do not allow this for the bucket \"{}\": {}", bucket.bucket(), code);
    return unavailable("The gateway has no access to the backend of this resource.", failure);
  }

  private static StoreException noAnswer(SdkClientException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // by name: the HTTP client's own classes are none of this one's business
      String name = cause.getClass().getSimpleName();
      if (name.equals("ConnectionRequestTimeoutException")) {
        return new StoreException(
            Reason.THROTTLED, "All connections to the backend of this resource are busy.", failure);
      }
      if (name.contains("Connect")) {
        return unavailable("The backend of this resource does not answer.", failure);
      }
      if (cause instanceof InterruptedIOException) {
        return timeout(failure);
      }
    }
    String text = failure.getMessage();
    if (text != null && text.contains("credentials")) {
      return unavailable("The gateway has no access to the backend of this resource.", failure);
    }
    return unavailable("The backend of this resource does not answer.", failure);
  }

  private static StoreException timeout(Throwable failure) {
    return new StoreException(
        Reason.TIMEOUT, "The backend of this resource did not answer in time.", failure);
  }

  private static StoreException unavailable(String message, Throwable failure) {
    return new StoreException(Reason.UNAVAILABLE, message, failure);
  }
}

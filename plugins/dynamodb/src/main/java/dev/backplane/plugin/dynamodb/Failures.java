package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionSizeLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * What a failure of the service means for the client, in words of our own: the service's name
 * tables, accounts and keys. Those go into the log with the cause.
 */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(DynamoDbService.class);

  private static final Set<String> CREDENTIALS =
      Set.of(
          "AccessDeniedException",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException",
          "InvalidClientTokenId",
          "ExpiredTokenException",
          "OptInRequired");

  private final String table;

  Failures(String table) {
    this.table = table;
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

  /** Whether the credentials do not allow a call that others may do without. */
  static boolean isDenied(AwsServiceException failure) {
    return code(failure).equals("AccessDeniedException") || failure.statusCode() == 403;
  }

  /** Whether the service finds a value wrong, and not just too large. */
  static boolean isAboutValues(AwsServiceException failure) {
    return code(failure).equals("ValidationException") && !words(failure).contains("item size");
  }

  private static String words(AwsServiceException failure) {
    String text = failure.awsErrorDetails().errorMessage();
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static String code(AwsServiceException failure) {
    String code = failure.awsErrorDetails() == null ? "" : failure.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  private StoreException answer(AwsServiceException failure) {
    String code = code(failure);
    if (failure.isThrottlingException() || code.equals("RequestLimitExceeded")) {
      return new StoreException(
          Reason.THROTTLED, "The backend of this resource has too much to do.", failure);
    }
    if (failure instanceof ResourceNotFoundException && words(failure).contains("index")) {
      return wrongIndexes(failure);
    }
    if (failure instanceof ResourceNotFoundException) {
      LOG.error("The table \"{}\" does not exist, or not in this region and account", table);
      return unavailable("The table behind this resource does not exist.", failure);
    }
    if (failure instanceof TransactionConflictException) {
      return new StoreException(
          Reason.THROTTLED, "The item is being changed by a transaction: try again.", failure);
    }
    if (failure instanceof ItemCollectionSizeLimitExceededException) {
      return collectionTooLarge(failure);
    }
    if (CREDENTIALS.contains(code) || failure.statusCode() == 403) {
      LOG.error("The credentials do not allow this for the table \"{}\": {}", table, code);
      return unavailable("The gateway has no access to the backend of this resource.", failure);
    }
    return code.equals("ValidationException") || code.equals("SerializationException")
        ? validation(failure.awsErrorDetails().errorMessage(), failure)
        : unavailable("The backend of this resource failed.", failure);
  }

  static StoreException collectionTooLarge(AwsServiceException failure) {
    return invalid("The items that share this item's key are larger than 10 GB.", failure);
  }

  /** What the service calls a validation error is the client's fault or that of the mapping. */
  StoreException validation(@Nullable String text, AwsServiceException failure) {
    String words = text == null ? "" : text.toLowerCase(Locale.ROOT);
    if (words.contains("item size")) {
      return invalid(AttributeWriter.TOO_LARGE, failure);
    }
    if (words.contains("nesting level")) {
      return invalid("The item is nested deeper than 32 levels.", failure);
    }
    if (words.contains("starting key") || words.contains("start key")) {
      return invalid("The cursor is not one that this resource gave out.", failure);
    }
    if (words.contains("specified index") || words.contains("does not project")) {
      return wrongIndexes(failure);
    }
    if (words.contains("index key") || words.contains("secondary index")) {
      return invalid(
          "A field that an index of the table uses has a value that the index cannot hold.",
          failure);
    }
    if (words.contains("key") || words.contains("schema type")) {
      LOG.error(
          "The mapping's key and key-type do not fit the table \"{}\": the service says: {}",
          table,
          text);
      return unavailable("The mapping of this resource does not fit its table.", failure);
    }
    LOG.warn("The table \"{}\" refused a request: the service says: {}", table, text);
    return invalid("The backend of this resource cannot hold or find this.", failure);
  }

  private StoreException wrongIndexes(AwsServiceException failure) {
    LOG.error(
        "The mapping's indexes do not fit the table \"{}\": the service says: {}",
        table,
        failure.awsErrorDetails().errorMessage());
    return unavailable("The mapping of this resource does not fit its table.", failure);
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

  private static StoreException invalid(String message, Throwable failure) {
    return new StoreException(Reason.INVALID, message, failure);
  }
}

package dev.backplane.plugin.dynamodb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Says in the log that the disk of a local DynamoDB is full, which that itself calls an unknown
 * error. Called by the SDK for each call that failed, on the thread of the call.
 */
record FullDisk(Path data) implements ExecutionInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(DynamoDbService.class);

  /** Less than a write of one item needs with its journal. */
  private static final long TOO_LITTLE = 2L * 1024 * 1024;

  @Override
  public void onExecutionFailure(
      Context.FailedExecution failed, ExecutionAttributes executionAttributes) {
    boolean answered =
        failed.httpResponse().filter(response -> response.statusCode() >= 500).isPresent();
    try {
      long left = Files.getFileStore(data).getUsableSpace();
      if (answered && left < TOO_LITTLE) {
        LOG.error(
            "The disk of {} is full ({} bytes left): the local DynamoDB fails until there is room,"
                + " and then goes on",
            data,
            left);
      }
    } catch (IOException unknown) {
      LOG.debug("The space left for {} is not known", data, unknown);
    }
  }
}

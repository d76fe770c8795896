package dev.backplane.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import org.jspecify.annotations.Nullable;

/** The invocation that a request before the snapshot is a part of: there is none. */
final class Priming implements Context {
  private static final String NAME = "priming";

  /** A store that does not answer in this time is not waited for. */
  private static final int MILLIS = 10_000;

  @Override
  public String getAwsRequestId() {
    return NAME;
  }

  @Override
  public String getLogGroupName() {
    return NAME;
  }

  @Override
  public String getLogStreamName() {
    return NAME;
  }

  @Override
  public String getFunctionName() {
    return NAME;
  }

  @Override
  public String getFunctionVersion() {
    return NAME;
  }

  @Override
  public String getInvokedFunctionArn() {
    return NAME;
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return MILLIS;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 0;
  }

  @Override
  public LambdaLogger getLogger() {
    throw new UnsupportedOperationException("the function logs with SLF4J");
  }
}

package dev.backplane.benchmarks.spring;

import com.amazonaws.serverless.exceptions.ContainerInitializationException;
import com.amazonaws.serverless.proxy.model.AwsProxyRequest;
import com.amazonaws.serverless.proxy.model.AwsProxyResponse;
import com.amazonaws.serverless.proxy.spring.SpringBootLambdaContainerHandler;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** As the container's documentation has it. */
public final class SpringHandler implements RequestStreamHandler {
  private final SpringBootLambdaContainerHandler<AwsProxyRequest, AwsProxyResponse> container =
      SpringBootLambdaContainerHandler.getAwsProxyHandler(Application.class);

  /**
   * Called by Lambda.
   *
   * @throws ContainerInitializationException when Spring does not start
   */
  public SpringHandler() throws ContainerInitializationException {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    container.proxyStream(input, output, context);
  }
}

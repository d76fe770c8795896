package dev.backplane.benchmarks.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One item of DynamoDB by the SDK, with the client that the plugin has, and nothing besides. */
public final class PlainHandler implements RequestStreamHandler {
  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .region(Region.of(System.getenv("AWS_REGION")))
          .endpointOverride(URI.create(System.getenv("DYNAMODB_ENDPOINT")))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
          .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(Duration.ofSeconds(10)))
          .build();

  /** Called by Lambda. */
  public PlainHandler() {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    input.readAllBytes();
    Map<String, AttributeValue> item =
        client
            .getItem(request ->
                request.tableName("items").key(Map.of("id", AttributeValue.fromS("u00042"))))
            .item();
    String answer =
        "{\"statusCode\":200,\"body\":\""
            + item.getOrDefault("name", AttributeValue.fromS("")).s()
            + "\"}";
    output.write(answer.getBytes(StandardCharsets.UTF_8));
  }
}

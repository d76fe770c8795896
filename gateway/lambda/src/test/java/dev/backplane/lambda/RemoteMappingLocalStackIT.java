package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.backplane.localstack.LocalStack;
import dev.backplane.localstack.LocalStackAttempt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mapping from the S3 and the SSM of LocalStack, where there is one. */
class RemoteMappingLocalStackIT {
  private static final String MAPPING = "resources:\n  notes: memory\n";
  private static URI endpoint;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    switch (LocalStack.start("s3", "ssm")) {
      case LocalStack started -> endpoint = started.endpoint();
      case LocalStackAttempt.Absent absent -> abort("no LocalStack: " + absent.reason());
    }
    send(
        "PUT",
        "/maps",
        "s3",
        "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint>"
            + "</CreateBucketConfiguration>");
    send("PUT", "/maps/my%20maps/mapping.yaml", "s3", MAPPING);
    String value = MAPPING.replace("\n", "\\n");
    send(
        "POST",
        "/",
        "ssm",
        "{\"Name\":\"/backplane/mapping\",\"Type\":\"SecureString\",\"Value\":\"" + value + "\"}");
  }

  @Test
  void mapping_isTakenFromS3() throws IOException {
    assertServes("s3://maps/my maps/mapping.yaml");
  }

  @Test
  void mapping_isTakenFromSsm() throws IOException {
    assertServes("ssm:///backplane/mapping");
  }

  @Test
  void mapping_whenThereIsNone_isSaidSo() throws IOException {
    for (String uri : new String[] {"s3://maps/none.yaml", "ssm:///backplane/none"}) {
      try (FunctionUnderTest function = function(uri)) {
        assertThat(function.initError()).contains("mapping " + uri + ": there is no such");
      }
    }
  }

  private void assertServes(String uri) throws IOException {
    try (FunctionUnderTest function = function(uri)) {
      assertThat(function.send(EventKind.HTTP_API, ClientRequest.get("/api/notes")).text())
          .isEqualTo("[]");
    }
  }

  private FunctionUnderTest function(String uri) throws IOException {
    Path root = FunctionUnderTest.unpack(Files.createTempDirectory(folder, "function"));
    Files.delete(root.resolve("mapping.yaml"));
    Map<String, String> environment = new HashMap<>(DynamoDbStub.environment());
    environment.put("BACKPLANE_MAPPING", uri);
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    return FunctionUnderTest.start(root, environment);
  }

  /** LocalStack tells the services apart by the signature, and does not verify it. */
  private static void send(String method, String path, String service, String body)
      throws Exception {
    String credential = "id/20260101/eu-west-1/" + service + "/aws4_request";
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("X-Amz-Target", "AmazonSSM.PutParameter")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=host, Signature=0")
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }
}

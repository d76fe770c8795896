package dev.backplane.lambda.remote;

import dev.backplane.lambda.remote.AwsCalls.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A parameter of Systems Manager (<a
 * href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html">GetParameter</a>).
 */
final class SsmParameter implements RemoteFile {
  static final String SCHEME = "ssm://";

  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./-]+");

  private final String name;
  private final AwsCalls calls;

  private SsmParameter(String name, AwsCalls calls) {
    this.name = name;
    this.calls = calls;
  }

  static SsmParameter of(String uri, AwsCalls calls) {
    String name = uri.substring(SCHEME.length());
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "needs a parameter's name of letters, digits and _.-/, as ssm:///backplane/mapping");
    }
    return new SsmParameter(name, calls);
  }

  @Override
  public Optional<Content> get(String known) throws IOException {
    URI address = calls.endpoint().orElseGet(() -> URI.create("https://" + calls.host() + "/"));
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(address)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "AmazonSSM.GetParameter")
            .build();
    String body = "{\"Name\":\"" + name + "\",\"WithDecryption\":true}";
    Answer answer = calls.send(request, body.getBytes(StandardCharsets.UTF_8));
    if (answer.http().statusCode() != 200) {
      throw new IOException(why(answer));
    }
    String version = member(answer.body(), "Version");
    if (version.equals(known)) {
      return Optional.empty();
    }
    byte[] value = member(answer.body(), "Value").getBytes(StandardCharsets.UTF_8);
    return Optional.of(new Content(value, version));
  }

  private static String why(Answer answer) throws IOException {
    String type = member(answer.body(), "__type");
    if (type.endsWith("ParameterNotFound")) {
      return "there is no such parameter";
    }
    if (type.endsWith("AccessDeniedException")) {
      return "SSM refuses it: the function's role needs ssm:GetParameter for this parameter";
    }
    return "SSM answers with the status " + answer.http().statusCode() + " " + type;
  }

  /** The first member of that name, at any depth; empty when there is none. */
  private static String member(byte[] json, String name) throws IOException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && parser.currentName().equals(name)) {
          parser.nextToken();
          return parser.getString();
        }
      }
      return "";
    } catch (JacksonException broken) {
      throw new IOException("what answers is not AWS", broken);
    }
  }
}

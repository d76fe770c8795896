package dev.backplane.localstack;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * LocalStack in a container of its own, until this JVM ends: for the tests of whatever talks to
 * AWS. A test says which services it needs and what else it can run against.
 */
public final class LocalStack implements LocalStackAttempt {
  /** In the environment: {@code required} where tests must not run against anything less. */
  public static final String VARIABLE = "BACKPLANE_TEST_LOCALSTACK";

  /** The system property that names another image. */
  public static final String IMAGE_PROPERTY = "localstack.image";

  private static final String REQUIRED = "required";
  // the last one that starts without a token
  private static final String IMAGE = "localstack/localstack:4.14.0";
  private static final String TOKEN = "LOCALSTACK_AUTH_TOKEN";

  private final URI endpoint;
  private final String description;

  private LocalStack(URI endpoint, String description) {
    this.endpoint = endpoint;
    this.description = description;
  }

  /** Whether {@link #start} fails rather than tell that there is none. */
  public static boolean isRequired() {
    String value = System.getenv().getOrDefault(VARIABLE, "");
    if (!List.of("", REQUIRED).contains(value)) {
      throw new IllegalStateException(VARIABLE + " is \"" + value + "\" and may be: " + REQUIRED);
    }
    return value.equals(REQUIRED);
  }

  /**
   * Starts it where a Docker engine answers. The first time, its image may have to be fetched.
   *
   * @param services as LocalStack calls them, such as {@code dynamodb} and {@code s3}
   * @return what runs, or why nothing does
   * @throws IllegalStateException when nothing runs and LocalStack is required
   */
  public static LocalStackAttempt start(String... services) {
    LocalStackAttempt attempt = attempt(List.of(services));
    if (attempt instanceof Absent absent && isRequired()) {
      throw new IllegalStateException(
          VARIABLE + " says that the tests need LocalStack: " + absent.reason());
    }
    return attempt;
  }

  /** Where all its services answer. */
  public URI endpoint() {
    return endpoint;
  }

  /** Its version, as it says itself, and its image. */
  public String description() {
    return description;
  }

  private static LocalStackAttempt attempt(List<String> services) {
    Engine engine = Engine.usual(System.getenv(), Path.of(System.getProperty("user.home")));
    Optional<String> absence = engine.absence();
    if (absence.isPresent()) {
      return new Absent(absence.get());
    }
    String image = System.getProperty(IMAGE_PROPERTY, IMAGE);
    try {
      return started(image, services);
    } catch (ContainerFetchException
        | ContainerLaunchException
        | DockerException
        | DockerClientException
        | IllegalStateException
        | IOException e) {
      return new Absent(image + " did not start: " + Causes.of(e));
    }
  }

  /** Nobody stops the container: Testcontainers does, when this JVM ends. */
  @SuppressWarnings("resource")
  private static LocalStack started(String image, List<String> services) throws IOException {
    Images.fetch(image);
    LocalStackContainer container =
        new LocalStackContainer(
                DockerImageName.parse(image).asCompatibleSubstituteFor("localstack/localstack"))
            .withServices(services.toArray(String[]::new))
            .withEnv(environment());
    container.start();
    URI endpoint = container.getEndpoint();
    String version = Health.ask(endpoint).versionWith(services);
    return new LocalStack(
        endpoint, "LocalStack " + version + " (" + image + ", through Testcontainers)");
  }

  /** What the container is told: the token where there is one, and to write no tables to disk. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(Map.of("DYNAMODB_IN_MEMORY", "1"));
    Optional.ofNullable(System.getenv(TOKEN)).ifPresent(token -> environment.put(TOKEN, token));
    return environment;
  }
}

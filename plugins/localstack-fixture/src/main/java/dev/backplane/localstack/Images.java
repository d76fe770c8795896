package dev.backplane.localstack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Has the engine fetch the images that it does not have. Testcontainers would, too, but keeps
 * trying for minutes where there is no network.
 */
final class Images {
  private static final Logger LOG = LoggerFactory.getLogger(Images.class);
  // what Testcontainers 2.0.5 asks for; it tells nobody
  private static final String CLEANER = "testcontainers/ryuk:0.14.0";

  private Images() {}

  /** Fetches an image, and the one that Testcontainers cleans up with where it does. */
  static void fetch(String image) {
    List<String> names = new ArrayList<>(List.of(image));
    if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
      names.add(CLEANER);
    }
    // not the factory's client: making that one starts the container that cleans up
    DockerClient engine =
        DockerClientProviderStrategy.getClientForConfig(
            DockerClientFactory.instance().getTransportConfig());
    for (String name : names) {
      DockerImageName substitute =
          ImageNameSubstitutor.instance().apply(DockerImageName.parse(name));
      fetch(engine, substitute.asCanonicalNameString());
    }
  }

  private static void fetch(DockerClient engine, String image) {
    try {
      engine.inspectImageCmd(image).exec();
    } catch (NotFoundException absent) {
      pull(engine, image);
    }
  }

  private static void pull(DockerClient engine, String image) {
    LOG.info("Fetching the image {}, once", image);
    try {
      engine.pullImageCmd(image).start().awaitCompletion();
    } catch (DockerException | DockerClientException failure) {
      throw new IllegalStateException(image + " could not be fetched", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(image + " was not fetched", stopped);
    }
  }
}

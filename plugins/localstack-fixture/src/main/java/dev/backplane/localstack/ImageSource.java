package dev.backplane.localstack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.DockerClientFactory;

/**
 * The image, here or from its registry. Testcontainers would fetch it, too, and try for two minutes
 * where there is no network.
 */
final class ImageSource {
  private ImageSource() {}

  static void fetch(String image) {
    DockerClient engine = DockerClientFactory.lazyClient();
    try {
      engine.inspectImageCmd(image).exec();
    } catch (NotFoundException absent) {
      pull(engine, image);
    }
  }

  private static void pull(DockerClient engine, String image) {
    System.out.println("LocalStack: fetching the image " + image + ", once");
    try {
      engine.pullImageCmd(image).start().awaitCompletion();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the image was not fetched", stopped);
    }
  }
}

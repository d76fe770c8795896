package dev.backplane.image;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The stand-in for Lambda of the image's build, for the benchmark. */
public final class Lambda implements AutoCloseable {
  private final StandIn standIn = new StandIn();

  /**
   * Listens.
   *
   * @throws IOException when it cannot
   */
  public Lambda() throws IOException {}

  /**
   * Where it listens.
   *
   * @return host and port
   */
  public String address() {
    return standIn.address();
  }

  /**
   * A request in the event of a REST API.
   *
   * @param path the path of the GET
   * @return JSON
   */
  public static String event(String path) {
    return SampleEvents.of("GET", path, "", "").getFirst();
  }

  /**
   * Has a function answer.
   *
   * @param function the function's process
   * @param event the event
   * @throws Exception when it does not, or not with 200
   */
  public void call(Process function, String event) throws Exception {
    CompletableFuture<String> answer = standIn.invoke(event);
    while (!answer.isDone()) {
      try {
        answer.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException notYet) {
        if (standIn.failure().isDone() || !function.isAlive()) {
          throw new IOException("the function failed: " + standIn.failure(), notYet);
        }
      }
    }
    if (!answer.get().contains("\"statusCode\":200")) {
      throw new IOException("not the answer that is measured: " + answer.get());
    }
  }

  @Override
  public void close() throws IOException {
    standIn.close();
  }
}

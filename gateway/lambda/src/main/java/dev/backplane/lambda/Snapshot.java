package dev.backplane.lambda;

import dev.backplane.core.Gateway;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens around a snapshot of SnapStart (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">runtime
 * hooks</a>). Before it, every kind of request that is usual runs once, so that what it needs is
 * loaded and compiled; then the instance is closed and let go. Whoever wakes up from the snapshot
 * starts one of its own, with what has become quick. So nothing that a store or the gateway holds,
 * no connection, no credential and no random number, can be in the snapshot. Called by Lambda, on
 * one thread, before any request.
 */
final class Snapshot implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

  /** An id that is hardly anybody's: to look for it costs a read and shows nothing. */
  private static final String ID = "backplane-priming";

  private static final Format REST_API =
      new Format(
          """
          {"resource": "/{proxy+}", "httpMethod": "GET", "path": "PATH",
           "multiValueHeaders": {"Accept": ["application/json"], "Prefer": ["count=none"]},
           "multiValueQueryStringParameters": {QUERY},
           "requestContext": {"path": "/PATH", "identity": {}}}\
          """,
          "\"_limit\": [\"1\"]");

  private static final Format HTTP_API =
      new Format(
          """
          {"version": "2.0", "routeKey": "$default", "rawPath": "PATH", "rawQueryString": "QUERY",
           "headers": {"accept": "application/json", "prefer": "count=none"},
           "requestContext": {"http": {"method": "GET", "path": "PATH"}, "stage": "$default"}}\
          """,
          "_limit=1");

  /** A payload format: a GET of PATH with QUERY, and how it spells the shortest list. */
  private record Format(String event, String shortest) {
    InputStream get(String path, String query) {
      String filled = event.replace("PATH", path).replace("QUERY", query);
      return new ByteArrayInputStream(filled.getBytes(StandardCharsets.UTF_8));
    }
  }

  private final Handler handler;

  private Snapshot(Handler handler) {
    this.handler = handler;
  }

  /**
   * Asks to be called.
   *
   * @return to be kept, because Lambda only holds it weakly
   */
  static Snapshot register(Handler handler) {
    Snapshot snapshot = new Snapshot(handler);
    Core.getGlobalContext().register(snapshot);
    return snapshot;
  }

  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    Instance primed = handler.instance();
    prime(primed);
    handler.stop();
    System.gc(); // what was let go is not to be in the snapshot
    LOG.info("Ready for the snapshot");
  }

  /** One list and one item of each resource, in each payload format. */
  private static void prime(Instance instance) {
    for (Format format : List.of(REST_API, HTTP_API)) {
      send(instance, format.get("/api/ping", ""));
      for (Gateway.Resource resource : instance.resources()) {
        String path = "/api/" + resource.name();
        send(instance, format.get(path, format.shortest()));
        send(instance, format.get(path + "/" + ID, ""));
      }
    }
  }

  /** Whatever the answer is: what it took to make it is what matters. */
  private static void send(Instance instance, InputStream event) {
    byte[] answer = instance.handle(event, new Priming());
    LOG.debug("primed by an answer of {} bytes", answer.length);
  }

  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    handler.start();
  }
}

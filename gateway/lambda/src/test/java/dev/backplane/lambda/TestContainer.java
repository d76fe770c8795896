package dev.backplane.lambda;

import io.javalin.http.Handler;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Containers with one handler for everything, of which it counts the runs. */
final class TestContainer {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final AtomicInteger runs = new AtomicInteger();

  /** Sends an event, in which apostrophes may stand for quotation marks. */
  JsonNode send(Handler handler, String event) {
    return handle(container(handler), event);
  }

  Container container(Handler handler) {
    Handler counting =
        ctx -> {
          runs.incrementAndGet();
          handler.handle(ctx);
        };
    return new Container(
        config -> {
          config.routes.get("/<path>", counting);
          config.routes.get("/", counting);
          config.routes.post("/", counting);
          config.routes.put("/<path>", counting);
        },
        "");
  }

  /** How often the handlers have run. */
  int runs() {
    return runs.get();
  }

  static JsonNode handle(Container container, String event) {
    return parse(container.handle(input(event), new TestContext(30_000)));
  }

  static ByteArrayInputStream input(String event) {
    return new ByteArrayInputStream(event.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static JsonNode parse(byte[] answer) {
    return MAPPER.readTree(answer);
  }

  static String header(JsonNode answer, String name) {
    return answer.has("headers")
        ? answer.get("headers").get(name).asString()
        : answer.get("multiValueHeaders").get(name).get(0).asString();
  }
}

package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Whether the answers of many callers at once are each made of one caller's request. */
class ConcurrencyTest {
  private static final int THREADS = 32;
  private static final int REQUESTS = 200_000;

  /** Stands for the id of a request, which is in its path, query, headers, cookies and body. */
  private static final String ID = "ID-OF-THE-REQUEST";

  /** An event and its answer, with {@link #ID} where each request has its own. */
  private record Exchange(String event, String answer) {}

  private final Container container =
      new Container(config -> config.routes.put("/api/echo/{id}", ConcurrencyTest::echo), "");

  @Test
  void handle_when32CallersSend200000Requests_eachAnswerIsTheCallersOwn() throws Exception {
    Map<String, Map<EventKind, Exchange>> callers = new LinkedHashMap<>();
    for (int i = 0; i < THREADS; i++) {
      callers.put("caller-" + i, exchanges("caller-" + i));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Integer>> running = new ArrayList<>();
      callers.forEach(
          (caller, exchanges) -> running.add(threads.submit(() -> send(caller, exchanges))));
      int answered = 0;
      for (Future<Integer> each : running) {
        answered += each.get();
      }
      assertThat(answered).isEqualTo(REQUESTS);
    }
  }

  private int send(String caller, Map<EventKind, Exchange> exchanges) {
    EventKind[] kinds = EventKind.values();
    for (int i = 0; i < REQUESTS / THREADS; i++) {
      Exchange exchange = exchanges.get(kinds[i % kinds.length]);
      String id = caller + "-" + i;
      String answer = handle(exchange.event().replace(ID, id));
      String expected = exchange.answer().replace(ID, id);
      if (!answer.equals(expected)) { // cheaper than an assertion, 200,000 times
        throw new AssertionError("expected " + expected + " but was " + answer);
      }
    }
    return REQUESTS / THREADS;
  }

  /** What a caller sends and gets when nobody else is there. */
  private Map<EventKind, Exchange> exchanges(String caller) {
    Map<EventKind, Exchange> exchanges = new EnumMap<>(EventKind.class);
    for (EventKind kind : EventKind.values()) {
      String event = kind.event(request(), caller);
      String json = handle(event);
      ClientAnswer answer = kind.answer(json);
      String who = kind.knowsCallers() ? caller : "nobody";
      assertThat(answer.text())
          .isEqualTo(
              who + "|" + ID + "|q-" + ID + "|h-" + ID + "|c-" + ID + "|r-" + ID + "|ü-" + ID);
      assertThat(answer.header("X-Header")).contains("h-" + ID);
      assertThat(answer.headers().get("Set-Cookie")).containsExactly("c=c-" + ID + "; Path=/");
      assertThat(answer.status()).isEqualTo(201);
      exchanges.put(kind, new Exchange(event, json));
    }
    return exchanges;
  }

  private static ClientRequest request() {
    byte[] body = ("ü-" + ID).getBytes(StandardCharsets.UTF_8);
    return new ClientRequest("PUT", "/api/echo/" + ID + "?q=q-" + ID, List.of(), body)
        .with("Content-Type", "text/plain")
        .with("X-Request-Id", "r-" + ID)
        .with("X-Header", "h-" + ID)
        .with("Cookie", "c=c-" + ID);
  }

  private String handle(String event) {
    byte[] json =
        container.handle(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
            new TestContext(60_000));
    return new String(json, StandardCharsets.UTF_8);
  }

  private static void echo(Context ctx) {
    Principal caller = ctx.req().getUserPrincipal();
    ctx.status(201);
    ctx.header("X-Header", String.valueOf(ctx.header("X-Header")));
    ctx.cookie("c", String.valueOf(ctx.cookie("c")));
    ctx.result(
        String.join(
            "|",
            caller == null ? "nobody" : caller.getName(),
            ctx.pathParam("id"),
            ctx.queryParam("q"),
            ctx.header("X-Header"),
            ctx.cookie("c"),
            ctx.header("X-Request-Id"),
            ctx.body()));
  }
}

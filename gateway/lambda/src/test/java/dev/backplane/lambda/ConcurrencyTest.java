package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Whether the answers of many callers at once are each made of one caller's request. */
class ConcurrencyTest {
  private static final int THREADS = 32;
  private static final int REQUESTS = 200_000;

  private final Container container =
      new Container(config -> config.routes.put("/api/echo/{id}", ConcurrencyTest::echo), "");

  @Test
  void handle_when32CallersSend200000Requests_eachAnswerIsTheCallersOwn() throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Integer>> sent = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String caller = "caller-" + thread;
        sent.add(callers.submit(() -> send(caller, REQUESTS / THREADS)));
      }
      int answered = 0;
      for (Future<Integer> each : sent) {
        answered += each.get();
      }
      assertThat(answered).isEqualTo(REQUESTS);
    }
  }

  private int send(String caller, int count) {
    EventKind[] kinds = EventKind.values();
    for (int i = 0; i < count; i++) {
      exchange(kinds[i % kinds.length], caller, caller + "-" + i);
    }
    return count;
  }

  private void exchange(EventKind kind, String caller, String id) {
    String body = "body of ü-" + id;
    ClientRequest request =
        new ClientRequest(
                "PUT",
                "/api/echo/" + id + "?q=" + id,
                List.of(),
                body.getBytes(StandardCharsets.UTF_8))
            .with("Content-Type", "text/plain")
            .with("X-Request-Id", "request-" + id)
            .with("X-Header", "header-" + id)
            .with("Cookie", "c=cookie-" + id);
    byte[] event = kind.event(request, caller).getBytes(StandardCharsets.UTF_8);
    byte[] json = container.handle(new ByteArrayInputStream(event), new TestContext(60_000));
    ClientAnswer answer = kind.answer(new String(json, StandardCharsets.UTF_8));
    String who = kind.knowsCallers() ? caller : "nobody";
    assertThat(answer.text())
        .as(kind + " " + caller)
        .isEqualTo(
            String.join("|", who, id, id, "header-" + id, "cookie-" + id, "request-" + id, body));
    assertThat(answer.header("X-Header")).contains("header-" + id);
    assertThat(answer.headers().get("Set-Cookie")).containsExactly("c=cookie-" + id + "; Path=/");
    assertThat(answer.status()).isEqualTo(201);
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

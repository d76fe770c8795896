package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Several clients at once: nobody's write is lost unnoticed. */
interface ConcurrencyRules extends HttpRules {
  int WRITERS = 8;

  @RepeatedTest(5)
  default void writersWithTheSameEtag_exactlyOneWins() throws Exception {
    String item = create("{\"id\": \"a\"}");
    String tag = get(200, item).need("ETag");
    List<Integer> statuses =
        atOnce(writer ->
            send(Request.json(writer % 2 == 0 ? "PUT" : "PATCH", item, "{\"w\": " + writer + "}")
                    .header("If-Match", tag))
                .status());
    assertThat(statuses).containsOnly(200, 412);
    assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
    assertThat(get(200, item).member("w")).isEqualTo(HttpRules.json("" + statuses.indexOf(200)));
  }

  @RepeatedTest(5)
  default void writersThatCreateTheSameItem_exactlyOneWins() throws Exception {
    List<Integer> posts =
        atOnce(writer -> send(Request.json("POST", THINGS, "{\"id\": \"a\"}")).status());
    assertThat(Collections.frequency(posts, 201)).isEqualTo(1);
    assertThat(Collections.frequency(posts, 409)).isEqualTo(WRITERS - 1);

    List<Integer> puts =
        atOnce(writer ->
            send(Request.json("PUT", THINGS + "/b", "{}").header("If-None-Match", "*")).status());
    assertThat(Collections.frequency(puts, 201)).isEqualTo(1);
    assertThat(Collections.frequency(puts, 412)).isEqualTo(WRITERS - 1);
  }

  @RepeatedTest(5)
  default void writersThatDeleteTheSameItem_exactlyOneWins() throws Exception {
    String item = create("{\"id\": \"a\"}");
    List<Integer> statuses = atOnce(writer -> send(Request.of("DELETE", item)).status());
    assertThat(Collections.frequency(statuses, 204)).isEqualTo(1);
    assertThat(Collections.frequency(statuses, 404)).isEqualTo(WRITERS - 1);
  }

  @Test
  default void patchesOfDifferentMembers_areAllKept_withoutIfMatch() throws Exception {
    String item = create("{\"id\": \"a\"}");
    int each = 10;
    atOnce(writer -> {
      for (int i = 0; i < each; i++) {
        patchUntilDone(item, "{\"m%d-%d\": true}".formatted(writer, i));
      }
      return 0;
    });
    assertThat(get(200, item).object().members()).hasSize(1 + WRITERS * each);
  }

  @Test
  default void putsThatMergeDifferentMembers_areAllKept() throws Exception {
    String item = MERGED + "/" + UUID.randomUUID();
    send(201, Request.json("PUT", item, "{}").header("If-None-Match", "*"));
    atOnce(writer -> {
      Answer answer;
      do {
        answer = send(Request.json("PUT", item, "{\"m%d\": true}".formatted(writer)));
        assertThat(answer.status()).as("%s", answer).isIn(200, 503);
      } while (answer.status() != 200);
      return 0;
    });
    assertThat(get(200, item).object().members()).hasSize(1 + WRITERS);
  }

  @RepeatedTest(3)
  default void requestsWithTheSameIdempotencyKey_writeOnce() throws Exception {
    String key = "\"" + UUID.randomUUID() + "\"";
    List<Integer> statuses =
        atOnce(writer ->
            send(Request.json("POST", THINGS, "{\"n\": 1}").header("Idempotency-Key", key))
                .status());
    assertThat(statuses).contains(201).isSubsetOf(201, 409);
    assertThat(get(200, THINGS).items()).hasSize(1);
  }

  @Test
  default void countingUp_losesNoStep_withIfMatch() throws Exception {
    String item = create("{\"id\": \"a\", \"n\": 0}");
    int each = 5;
    atOnce(writer -> {
      int done = 0;
      while (done < each) {
        Answer read = get(200, item);
        int n = Integer.parseInt(read.member("n").text().orElseThrow());
        Request write = Request.json("PUT", item, "{\"n\": " + (n + 1) + "}");
        Answer written = send(write.header("If-Match", read.need("ETag")));
        assertThat(written.status()).isIn(200, 412);
        done += written.status() == 200 ? 1 : 0;
      }
      return done;
    });
    assertThat(get(200, item).member("n")).isEqualTo(HttpRules.json("" + WRITERS * each));
  }

  /** Patches, and tries again when the gateway says that others keep changing the item. */
  private void patchUntilDone(String item, String patch) {
    Answer answer;
    do {
      answer = send(Request.of("PATCH", item).body("application/merge-patch+json", patch));
      assertThat(answer.status()).as("%s", answer).isIn(200, 503);
      assertThat(answer.status() == 200 || answer.header("Retry-After").isPresent()).isTrue();
    } while (answer.status() != 200);
  }

  /** Does the same from several threads that start together, and returns what each gave. */
  static List<Integer> atOnce(IntFunction<Integer> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        tasks.add(() -> {
          start.await(30, TimeUnit.SECONDS);
          return work.apply(writer);
        });
      }
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> result : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        results.add(result.get());
      }
      return results;
    }
  }
}

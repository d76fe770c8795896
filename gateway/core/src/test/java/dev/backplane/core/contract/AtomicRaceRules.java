package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Several clients that each do several writes as one. */
interface AtomicRaceRules extends HttpRules {
  int CLIENTS = ConcurrencyRules.WRITERS;

  @RepeatedTest(5)
  default void atomicBulksOfTheSameItems_areNeverMixed() throws Exception {
    assumeTrue(transacts(), "the backend does one write at a time");
    create("{\"id\": \"a\"}");
    create("{\"id\": \"b\"}");
    create("{\"id\": \"c\"}");
    List<Integer> statuses =
        ConcurrencyRules.atOnce(writer -> {
          String replace =
              "{\"op\": \"replace\", \"id\": \"%s\", \"body\": {\"w\": " + writer + "}}";
          List<String> ids = writer % 2 == 0 ? List.of("a", "b", "c") : List.of("c", "b", "a");
          return status(ids.stream().map(replace::formatted).toList());
        });
    assertThat(statuses).contains(200).isSubsetOf(200, 409, 503);
    List<String> left = get(200, THINGS).each("w");
    assertThat(left).hasSize(3).doesNotContain("-");
    assertThat(Collections.frequency(left, left.get(0))).as("%s", left).isEqualTo(3);
  }

  @RepeatedTest(3)
  default void atomicBulksWithTheSameEtags_exactlyOneWins() throws Exception {
    assumeTrue(transacts(), "the backend does one write at a time");
    String a = HttpRules.quoted(get(200, create("{\"id\": \"a\"}")).need("ETag"));
    String b = HttpRules.quoted(get(200, create("{\"id\": \"b\"}")).need("ETag"));
    List<Integer> statuses =
        ConcurrencyRules.atOnce(writer -> {
          String op =
              "{\"op\": \"update\", \"id\": \"%s\", \"body\": {\"w\": "
                  + writer
                  + "}, \"if-match\": %s}";
          return status(List.of(op.formatted("a", a), op.formatted("b", b)));
        });
    assertThat(statuses).isSubsetOf(200, 409);
    assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
    assertThat(get(200, THINGS).each("w"))
        .containsExactly("" + statuses.indexOf(200), "" + statuses.indexOf(200));
  }

  @Test
  default void atomicPatchesOfDifferentMembers_areAllKept_withoutIfMatch() throws Exception {
    assumeTrue(transacts(), "the backend does one write at a time");
    String a = create("{\"id\": \"a\"}");
    String b = create("{\"id\": \"b\"}");
    ConcurrencyRules.atOnce(writer -> {
      String update = "{\"op\": \"update\", \"id\": \"%s\", \"body\": {\"m" + writer + "\": true}}";
      int status;
      do {
        status = status(List.of(update.formatted("a"), update.formatted("b")));
        assertThat(status).isIn(200, 409, 503);
      } while (status != 200);
      return status;
    });
    assertThat(get(200, a).object().members()).hasSize(1 + CLIENTS);
    assertThat(get(200, b).object().members()).hasSize(1 + CLIENTS);
  }

  private int status(List<String> operations) {
    return send(Request.json("POST", AtomicBulkRules.ATOMIC, operations.toString())).status();
  }
}

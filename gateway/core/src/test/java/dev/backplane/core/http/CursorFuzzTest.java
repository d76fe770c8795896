package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.core.fuzz.Corpus;
import dev.backplane.core.http.Cursors.Place;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Fuzz target: a cursor leads where it was made to lead, and nobody can make or change one. An
 * input is a list's query as {@link QueryFuzzTest} has it, without a body, and behind it, in a line
 * of its own, what is taken for a cursor, for what a store knows of its place, and for what to
 * change.
 */
class CursorFuzzTest {
  private static final Cursors CURSORS =
      new Cursors(
          Optional.of("a secret of some length"),
          new RandomSecret(),
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  private static final Caller ANN = Caller.of("ann", Set.of(), Map.of());

  @Test
  void corpus_whenReplayed_holds() {
    Corpus.replay(CursorFuzzTest.class, CursorFuzzTest::fuzzerTestOneInput);
  }

  /** Takes an input of the fuzzer, which finds this by its name. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
    if (parts.length < 2 || parts[0].isEmpty()) {
      return;
    }
    QueryFuzzTest.read(parts[0]).ifPresent(request -> check(request, parts[1]));
  }

  private static void check(ListRequest request, String text) {
    assertRefused(text, "users", request, Caller.NOBODY);
    Cursors.Maker maker = Cursors.Maker.values()[text.length() % 2];
    Place place = new Place(text.hashCode(), maker, text);
    String cursor = CURSORS.sign(place, "users", request, ANN);
    assertThat(CURSORS.verify(cursor, "users", request, ANN)).isEqualTo(place);
    assertRefused(cursor, "users", request, Caller.NOBODY);
    assertRefused(cursor, "orders", request, ANN);
    for (byte[] forged : forgeries(Base64.getUrlDecoder().decode(cursor), text)) {
      assertRefused(Base64.getUrlEncoder().encodeToString(forged), "users", request, ANN);
    }
    assertThat(CURSORS.shown(CURSORS.hidden(place))).isEqualTo(place);
    assertThatThrownBy(() -> CURSORS.shown(place)).isInstanceOf(HttpProblem.class);
  }

  /** A cursor with a bit of it changed, and made shorter and longer. */
  private static byte[][] forgeries(byte[] cursor, String text) {
    byte[] changed = cursor.clone();
    int bit = Math.floorMod(text.hashCode(), 8 * cursor.length);
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    byte[] longer = Arrays.copyOf(cursor, cursor.length + 1);
    return new byte[][] {changed, longer, Arrays.copyOf(cursor, cursor.length - 1)};
  }

  private static void assertRefused(
      String cursor, String resource, ListRequest request, Caller caller) {
    assertThatThrownBy(() -> CURSORS.verify(cursor, resource, request, caller))
        .isInstanceOfSatisfying(
            HttpProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }
}

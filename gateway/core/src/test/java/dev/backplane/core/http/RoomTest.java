package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final int KB = 1024;

  @Test
  void take_when_there_is_not_enough_is_a_503() {
    Room room = new Room(10 * KB, Duration.ZERO);
    assertThat(room.take(6 * KB)).isEqualTo(6 * KB);
    assertThatThrownBy(() -> room.take(5 * KB))
        .isInstanceOfSatisfying(
            HttpProblem.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(503);
              assertThat(refused.headers()).containsKeys("Retry-After", "Connection");
            });
    assertThat(room.take(4 * KB)).isEqualTo(4 * KB);
  }

  @Test
  void take_when_others_give_back_meanwhile_waits_for_that() throws Exception {
    Room room = new Room(10 * KB, Duration.ofMinutes(1));
    long taken = room.take(10 * KB);
    CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(() -> room.take(3 * KB));
    room.give(taken);
    assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(3 * KB);
  }

  @Test
  void take_when_it_is_more_than_all_takes_all() {
    Room room = new Room(10 * KB, Duration.ZERO);
    assertThat(room.take(1_000_000 * KB)).isEqualTo(room.size()).isEqualTo(10 * KB);
    assertThatThrownBy(() -> room.take(1)).isInstanceOf(HttpProblem.class);
  }

  @Test
  void heap_when_a_value_is_wide_is_more_than_its_text() {
    byte[] wide = ("[" + "{\"\":0},".repeat(10_000) + "0]").getBytes(StandardCharsets.UTF_8);
    long heap = Taken.heap(Json.CODEC.read(wide));
    assertThat(heap).isBetween(30L * wide.length, 48L * wide.length);
  }
}

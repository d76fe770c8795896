package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class UuidV7Test {
  private final SettableClock clock = new SettableClock();
  private final UuidV7 ids = new UuidV7(clock);

  @Test
  void next_when_asked_is_a_uuid_of_version_7_with_the_time() {
    clock.set(Instant.ofEpochMilli(0x017F22E279B0L)); // the example in RFC 9562
    UUID id = ids.next();
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.toString()).startsWith("017f22e2-79b0-7");
  }

  @Test
  void next_when_the_clock_stands_or_goes_back_still_is_greater() {
    clock.set("2026-01-31T10:00:00Z");
    String before = ids.next().toString();
    for (int i = 0; i < 10_000; i++) { // more than a counter holds
      if (i == 5_000) {
        clock.advance(Duration.ofHours(-1));
      }
      String id = ids.next().toString();
      assertThat(id).isGreaterThan(before);
      assertThat(UUID.fromString(id).version()).isEqualTo(7);
      before = id;
    }
    clock.advance(Duration.ofHours(2));
    assertThat(ids.next().toString()).isGreaterThan(before);
  }

  @Test
  void next_when_many_ask_at_once_gives_each_another() throws Exception {
    List<Future<List<UUID>>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        running.add(
            threads.submit(() -> {
              List<UUID> chosen = new ArrayList<>();
              for (int n = 0; n < 5_000; n++) {
                chosen.add(ids.next());
              }
              return chosen;
            }));
      }
    }
    Set<Long> places = new HashSet<>();
    for (Future<List<UUID>> each : running) {
      List<UUID> chosen = each.get();
      assertThat(chosen).extracting(UUID::toString).isSorted();
      chosen.forEach(id -> places.add(id.getMostSignificantBits()));
    }
    assertThat(places).as("time and counter alone tell them apart").hasSize(20_000);
  }
}

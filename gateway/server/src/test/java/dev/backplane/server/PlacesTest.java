package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static long taken(Places places, long address, int asked) {
    return IntStream.range(0, asked).filter(i -> places.take(address)).count();
  }

  @Test
  void take_byOneAddress_leavesAQuarterToOthers() {
    Places places = new Places(256);
    assertThat(taken(places, 1, 300)).isEqualTo(192);
    assertThat(taken(places, 2, 300)).isEqualTo(16);
    assertThat(taken(places, 3, 300)).isEqualTo(16);
    assertThat(places.taken()).isEqualTo(224);
    assertThat(places.take(1, true)).isTrue();
  }

  @Test
  void take_whereThereAreFew_leavesSomeToOthers() {
    Places places = new Places(32);
    assertThat(taken(places, 1, 100)).isEqualTo(24);
    assertThat(taken(places, 2, 100)).isEqualTo(8);
  }

  @Test
  void take_whenAllAreTaken_isRefusedToAll() {
    Places places = new Places(64);
    for (int address = 0; address < 100; address++) {
      places.take(address);
    }
    assertThat(places.taken()).isEqualTo(64);
    assertThat(places.take(200)).isFalse();
    assertThat(places.take(200, true)).isFalse();
    places.leave(0);
    assertThat(places.take(200)).isTrue();
  }

  @Test
  void take_whileManyAreRefused_leavesTheLastPlacesFree() throws Exception {
    Places places = new Places(32);
    taken(places, 1, 100);
    AtomicBoolean ended = new AtomicBoolean();
    try (ExecutorService pool = Executors.newFixedThreadPool(64)) {
      for (int thread = 0; thread < 64; thread++) {
        pool.execute(() -> {
          while (!ended.get()) {
            places.take(1);
          }
        });
      }
      try {
        for (int n = 0; n < 2_000; n++) {
          assertThat(places.take(2)).as("the place at the %dth time", n).isTrue();
          places.leave(2);
          Thread.yield();
        }
      } finally {
        ended.set(true);
      }
    }
    assertThat(places.taken()).isEqualTo(24);
  }

  @Test
  void take_ofTheOnlyPlace_isGranted() {
    Places places = new Places(1);
    assertThat(places.take(1)).isTrue();
    assertThat(places.take(1)).isFalse();
    places.leave(1);
    assertThat(places.take(1)).isTrue();
  }

  @Test
  void bounds_goByTheMemory() {
    long megabyte = 1024 * 1024;
    assertThat(Bounds.requests(512 * megabyte, (int) megabyte)).isEqualTo(128);
    assertThat(Bounds.requests(64 * megabyte, 6 * (int) megabyte)).isEqualTo(16);
    assertThat(Bounds.requests(1L << 40, 1024)).isEqualTo(1024);
    assertThat(Bounds.connections(512 * megabyte)).isEqualTo(4096);
    assertThat(Bounds.connections(1)).isEqualTo(256);
    assertThat(Bounds.connections(Long.MAX_VALUE)).isEqualTo(10_000);
  }
}

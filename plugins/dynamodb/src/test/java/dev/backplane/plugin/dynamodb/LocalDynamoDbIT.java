package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database that the plugin runs by itself. */
@Timeout(120)
class LocalDynamoDbIT {
  @TempDir Path directory;

  @Test
  void start_when_the_data_is_new_makes_and_seeds_the_table_once() {
    Path data = directory.resolve("not/yet/there");
    try (WritableStore store = LocalGateway.start(data)) {
      assertThat(ids(store)).containsExactlyInAnyOrder("u-1", "u-2");
      assertThat(store.get("u-1").orElseThrow().body().get("name"))
          .contains(new JsonString("Ada Lovelace"));
      store.delete("u-1", new Precondition.None());
      store.put("u-3", JsonObject.empty(), new Precondition.Absent());
    }
    try (WritableStore again = LocalGateway.start(data)) {
      assertThat(ids(again)).containsExactlyInAnyOrder("u-2", "u-3");
    }
  }

  @Test
  void start_when_several_resources_share_the_data_runs_one_process() {
    Set<Long> before = children();
    WritableStore first = LocalGateway.start(directory);
    WritableStore second = LocalGateway.start(directory);
    assertThat(ids(first)).hasSize(2);
    Set<Long> started = children();
    started.removeAll(before);
    assertThat(started).hasSize(1);

    first.close();
    assertThat(ids(second)).hasSize(2);
    second.close();
    assertThat(children()).doesNotContainAnyElementsOf(started);
  }

  @Test
  void open_when_it_is_not_started_runs_nothing_and_takes_no_data() {
    try (WritableStore running = LocalGateway.start(directory)) {
      assertThat(ids(running)).hasSize(2);
      Path other = directory.resolve("other");
      LocalGateway.open(other).close();
      assertThat(other).doesNotExist();
    }
  }

  @Test
  void get_when_it_was_not_started_starts_it() {
    try (WritableStore store = LocalGateway.open(directory)) {
      assertThat(store.get("u-1")).isPresent();
    }
  }

  @Test
  void close_when_it_is_still_starting_leaves_no_process() {
    Set<Long> before = children();
    LocalGateway.start(directory).close();
    Set<Long> left = children();
    left.removeAll(before);
    assertThat(left).isEmpty();
  }

  @Test
  void gateway_when_killed_leaves_no_process_and_keeps_its_data() throws Exception {
    Process gateway =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LocalGateway.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    ProcessHandle database = awaitReady(gateway);
    assertThat(database.isAlive()).isTrue();
    assertThatThrownBy(() -> LocalGateway.start(directory))
        .hasMessageContaining("in use by another gateway")
        .isInstanceOfSatisfying(
            SettingException.class, wrong -> assertThat(wrong.key()).isEqualTo("local-data"));

    gateway.destroyForcibly().waitFor();
    database.onExit().get(20, TimeUnit.SECONDS);

    try (WritableStore store = LocalGateway.start(directory)) {
      assertThat(ids(store)).containsExactlyInAnyOrder("u-1", "u-2", "from-another");
    }
  }

  /** As a system does that is short of memory. */
  @Test
  void process_when_killed_is_started_again_with_all_that_it_had() throws Exception {
    Set<Long> before = children();
    try (WritableStore store = LocalGateway.start(directory)) {
      for (int time = 0; time < 2; time++) {
        store.put("kept-" + time, JsonObject.empty(), new Precondition.Absent());
        Set<Long> started = children();
        started.removeAll(before);
        assertThat(started).hasSize(1);
        started.forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());

        awaitAnswer(store);
        assertThat(store.get("kept-" + time)).isPresent();
      }
      assertThat(ids(store)).containsExactlyInAnyOrder("u-1", "u-2", "kept-0", "kept-1");
    }
    assertThat(children()).isEqualTo(before);
  }

  private static void awaitAnswer(WritableStore store) throws InterruptedException {
    while (true) {
      try {
        boolean unused = store.get("u-1").isPresent();
        return;
      } catch (StoreException away) {
        assertThat(away.reason())
            .isIn(StoreException.Reason.UNAVAILABLE, StoreException.Reason.TIMEOUT);
        Thread.sleep(50);
      }
    }
  }

  @Test
  void log_when_the_process_runs_is_beside_the_data() throws IOException {
    try (WritableStore store = LocalGateway.start(directory)) {
      assertThat(ids(store)).hasSize(2);
      assertThat(Files.readString(directory.resolve("dynamodb-local.log")))
          .contains("SharedDb:\ttrue")
          .contains("InMemory:\tfalse");
    }
  }

  private static ProcessHandle awaitReady(Process gateway) throws IOException {
    BufferedReader output = gateway.inputReader(StandardCharsets.UTF_8);
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.append(line).append('\n');
      if (line.startsWith("ready ")) {
        return ProcessHandle.of(Long.parseLong(line.substring("ready ".length()))).orElseThrow();
      }
    }
    throw new AssertionError("the gateway ended: " + seen);
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  private static List<String> ids(WritableStore store) {
    return store.list(Query.first(10)).items().stream().map(Item::id).toList();
  }
}

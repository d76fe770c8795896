package dev.backplane.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.core.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
  @TempDir Path directory;
  private Path plugins;

  @BeforeEach
  void buildPlugin() throws IOException {
    plugins = Files.createDirectory(directory.resolve("plugins"));
    PluginJar.named("traces")
        .source(
            """
            package traces;

            import dev.backplane.spi.*;
            import java.nio.file.*;
            import java.util.*;

            /** Leaves a file for each step of a store's life. */
            public final class TracesService implements Service {
              public String name() {
                return "traces";
              }

              public Store open(StoreContext context) {
                Path trace = context.settings().path("trace").orElseThrow();
                String wrong = context.settings().optionalString("wrong-at-start").orElse("");
                leave(trace, "opened");
                return new Traced(trace, wrong);
              }

              static void leave(Path trace, String step) {
                try {
                  Files.writeString(
                      trace, step + " ", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (java.io.IOException failure) {
                  throw new java.io.UncheckedIOException(failure);
                }
              }

              record Traced(Path trace, String wrong) implements StartableStore {
                public void start() {
                  leave(trace, "started");
                  if (!wrong.isEmpty()) {
                    throw new SettingException("wrong-at-start", "is wrong after all");
                  }
                }

                public Optional<Item> get(String id) {
                  return Optional.empty();
                }

                public Page list(Query query) {
                  return Page.last(List.of());
                }

                public void close() {
                  leave(trace, "closed");
                }
              }
            }
            """)
        .service("traces.TracesService")
        .buildInto(plugins);
  }

  @Test
  void start_whenAStoreIsStartable_startsItOnceAfterOpening() throws IOException {
    try (Gateway gateway = Gateway.start(mapping("trace: trace"))) {
      assertThat(gateway.resources())
          .containsExactly(new Gateway.Resource("things", "traces", List.of("GET", "HEAD")));
      assertThat(directory.resolve("trace")).hasContent("opened started ");
    }
    assertThat(directory.resolve("trace")).hasContent("opened started closed ");
  }

  @Test
  void check_whenAStoreIsStartable_startsNothing() throws IOException {
    assertThat(Inspector.check(mapping("trace: trace"))).hasSize(1);
    assertThat(directory.resolve("trace")).hasContent("opened closed ");
  }

  @Test
  void start_whenASettingIsWrongOnlyThen_saysWhereAndClosesEverything() throws IOException {
    Gateway.Options options = mapping("trace: trace, wrong-at-start: s3cret");

    assertThatThrownBy(() -> Gateway.start(options))
        .isInstanceOfSatisfying(
            Gateway.StartException.class,
            failure ->
                assertThat(failure.problems())
                    .containsExactly(
                        options.mapping()
                            + ":4:30: resource \"things\": setting \"wrong-at-start\" is wrong"
                            + " after all"));
    assertThat(directory.resolve("trace")).hasContent("opened started closed ");
  }

  @Test
  void start_whenASettingIsUnknown_saysWhichExist() throws IOException {
    assertThatThrownBy(() -> Gateway.start(mapping("trace: trace, tracee: s3cret")))
        .hasMessageContaining(":4:30: ")
        .hasMessageContaining(
            "no setting \"tracee\" (did you mean \"trace\"?); its settings are trace,"
                + " wrong-at-start")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void start_whenASharedSettingIsUnknown_saysSoOnce() throws IOException {
    Gateway.Options options = mapping("trace: trace");
    Files.writeString(
        options.mapping(),
        """
        services:
          traces: {settings: {trace: trace, tracee: s3cret}}
        resources:
          things: traces
          others: {service: traces, settings: {tracey: s3cret}}
        """);

    assertThatThrownBy(() -> Gateway.start(options))
        .isInstanceOfSatisfying(
            Gateway.StartException.class,
            failure ->
                assertThat(failure.problems())
                    .satisfiesExactly(
                        shared -> assertThat(shared).contains(":2:37: ", "\"tracee\""),
                        own -> assertThat(own).contains(":5:40: ", "\"tracey\"")));
  }

  @Test
  void start_whenTheServiceIsNotActive_saysSo() throws IOException {
    Gateway.Options all = mapping("trace: trace");
    Gateway.Options options =
        new Gateway.Options(
            all.mapping(), all.plugins(), Map.of("ACTIVE_SERVICES", "memory, dynamodb"));

    assertThatThrownBy(() -> Gateway.start(options))
        .hasMessageContaining("service \"traces\" is not among those that ACTIVE_SERVICES allows");
    assertThat(directory.resolve("trace")).doesNotExist();
  }

  @Test
  void start_whenWhatShouldKeepAnswersCannot_saysSo() throws IOException {
    Gateway.Options options = mapping("trace: trace");
    String resources = Files.readString(options.mapping());
    Files.writeString(options.mapping(), "idempotency: {resource: things}\n" + resources);

    assertThatThrownBy(() -> Gateway.start(options))
        .hasMessageContaining(
            ":3:3: resource \"things\": it cannot keep answers for \"idempotency\", as its store"
                + " only reads");
  }

  private Gateway.Options mapping(String settings) throws IOException {
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        resources:
          things:
            service: traces
            settings: {%s}
        """
            .formatted(settings));
    return new Gateway.Options(mapping, List.of(plugins), Map.of());
  }
}

package dev.backplane.plugin.jdbc;

import static dev.backplane.plugin.jdbc.DatabaseRules.context;
import static dev.backplane.plugin.jdbc.DatabaseRules.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Query;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTest {
  private static Store open(String settings) {
    return new JdbcService().open(context(json(settings)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{} | url | is missing: a text is needed",
        "{'url': 'postgresql://h/secret'} | url | should be a JDBC URL such as",
        "{'url': 'jdbc:nodb:secret'} | url | is for a driver that is not here (there are ",
        "{'url': 'jdbc:h2:mem:x', 'timeout': '1ms'} | timeout | should be a time from 250ms to 10m",
        "{'url': 'jdbc:h2:mem:x', 'table': 'a', 'view': 'b'} | view | stands beside table",
        "{'url': 'jdbc:h2:mem:x', 'key': []} | key | should be a column or a list of columns",
        "{'url': 'jdbc:h2:mem:x', 'init': 'secret.sql'} | init | should be the path of a file"
      })
  void open_when_a_setting_is_wrong_says_which_and_no_value(
      String settings, String key, String message) {
    assertThatThrownBy(() -> open(settings))
        .isInstanceOfSatisfying(
            SettingException.class, wrong -> assertThat(wrong.key()).isEqualTo(key))
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void open_when_there_is_no_driver_names_those_that_there_are_and_the_directory() {
    assertThatThrownBy(() -> open("{'url': 'jdbc:nodb:x'}"))
        .hasMessageContaining("org.h2.Driver")
        .hasMessageContaining("org.postgresql.Driver")
        .hasMessageContaining("put the jar of the database's JDBC driver into /");
  }

  @Test
  void open_does_not_connect() {
    try (Store store = open("{'url': 'jdbc:h2:tcp://127.0.0.1:1/x'}")) {
      assertThat(store).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"jdbc:postgresql://127.0.0.1:%d/x", "jdbc:mariadb://127.0.0.1:%d/x"})
  @Timeout(30)
  void get_when_nobody_listens_is_unavailable_in_time(String url) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    long start = System.nanoTime();
    try (Store store = open("{'url': '%s', 'timeout': '1s'}".formatted(url.formatted(port)))) {
      assertThatThrownBy(() -> store.get("1"))
          .hasMessage("The backend of this resource does not answer.")
          .isInstanceOfSatisfying(
              StoreException.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void settings_show_no_secret() {
    JsonObject settings =
        json("{'url': 'jdbc:h2:mem:x;PASSWORD=secret', 'user': 'u', 'password': 'secret'}");
    assertThat(ConnectionSettings.read(context(settings).settings()).toString())
        .doesNotContain("secret", "jdbc");
  }

  @Test
  void init_makes_what_is_missing_once_and_resources_share_the_pool(@TempDir Path directory)
      throws IOException {
    Files.writeString(
        directory.resolve("schema.sql"),
        """
        -- a first; comment
        create table notes (id integer primary key, text varchar(20));
        insert into notes values (1, 'one; two'), (2, 'it''s');
        /* and; */
        """);
    JsonObject settings =
        json("{'url': 'jdbc:h2:mem:init', 'init': 'schema.sql', 'table': 'notes'}");
    JdbcService service = new JdbcService();
    try (Store store = service.open(TestContext.of(settings, directory));
        Store other = service.open(TestContext.of(settings, directory))) {
      assertThat(store.get("1").orElseThrow().body())
          .isEqualTo(json("{'id': 1, 'text': 'one; two'}"));
      assertThat(Lists.ids(other, Query.first(5))).isEqualTo(List.of("1", "2"));
    }
    // the pool closed, and with its last connection the database in memory: so it is made anew
    try (Store store = service.open(TestContext.of(settings, directory))) {
      assertThat(store.get("2")).isPresent();
    }
  }

  @Test
  void script_is_taken_apart_at_the_ends_of_its_statements() {
    assertThat(
            InitScript.statements(
                "a 'x;y' ; b \"q;\" `z;`;\n-- c;\n;/* d; */ e $$ f; $$ g;;$t$ ; $t$; h $1"))
        .containsExactly("a 'x;y'", "b \"q;\" `z;`", "/* d; */ e $$ f; $$ g", "$t$ ; $t$", "h $1");
  }
}
